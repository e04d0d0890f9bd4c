// cbor.hpp - the few heads of CBOR (RFC 8949) that the canonical encoding uses.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace oche::detail {

enum class Major : std::uint8_t {
  natural = 0,
  negative = 1,
  bytes = 2,
  text = 3,
  list = 4,
  map = 5
};

inline constexpr char false_head = static_cast<char>(0xf4);
inline constexpr char true_head = static_cast<char>(0xf5);
inline constexpr char null_head = static_cast<char>(0xf6);
inline constexpr char real_head = static_cast<char>(0xfb);

/// Deeper nesting is refused when reading: hostile bytes must not exhaust the stack.
inline constexpr int deepest = 256;

}  // namespace oche::detail
