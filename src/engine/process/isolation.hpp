// isolation.hpp - which sandbox this machine offers, and what a command is granted.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/request.hpp"
#include "engine/process/sandbox.hpp"

#include <string>

namespace oche::detail {

/// What was found out about bubblewrap on this machine.
struct IsolationOffer {
  std::string bwrap = {};    ///< the program; empty: there is no sandbox
  std::string why_not = {};  ///< one line, if there is none
  SandboxRoot root = {};

  [[nodiscard]] bool is_available() const { return !bwrap.empty(); }
};

/// Tries bubblewrap out, with the arguments that commands will get; behind a fence, if its entrance
/// is given.
/// Cost:    one start, about 10 ms.
/// Threads: any; waits.
[[nodiscard]] IsolationOffer probe_isolation(std::string_view path = fixed_path, int fence = -1);

/// What a command gets for its wish.
struct IsolationGrant {
  bool sandboxed = false;
  std::string text = {};     ///< for keys and heads of logs; the same wherever the same is granted
  std::string why_not = {};  ///< if a sandbox was wished for and there is none
};
[[nodiscard]] IsolationGrant grant(Isolation wish, bool network, const IsolationOffer& offer);

}  // namespace oche::detail
