// executed.hpp - what came of a program that was run.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/base/type.hpp>

namespace oche {

/// How a command ended, and what it was asked to leave. How long it took and what it wrote belong
/// to
/// the attempt (D5).
struct Executed {
  int exit_status = 0;
  Tree outputs;  ///< what `Command::outputs` matched; empty id if it named none
  friend bool operator==(const Executed&, const Executed&) = default;
};

template <>
inline constexpr bool has_table<Executed> = true;
template <>
struct TypeOf<Executed> {
  static const Type value;
};

}  // namespace oche
