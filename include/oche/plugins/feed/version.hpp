// version.hpp - a numbered version of what was published.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/type.hpp>

#include <cstdint>
#include <string>

namespace oche {

/// What a feed calls a tree that was published: the same tree always has the same version.
struct Version {
  std::string feed;
  std::uint32_t number = 0;
  friend bool operator==(const Version&, const Version&) = default;
};

template <>
inline constexpr bool has_table<Version> = true;
template <>
struct TypeOf<Version> {
  static const Type value;
};

}  // namespace oche
