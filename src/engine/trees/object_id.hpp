// object_id.hpp - the name of a git object: the SHA-1 of its kind, length and bytes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace oche::detail {

struct ObjectId {
  std::array<unsigned char, 20> bytes{};

  /// 40 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
  /// Nothing unless `text` is exactly what `hex` gives for some id.
  [[nodiscard]] static std::optional<ObjectId> parse(std::string_view text);

  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;
};

/// The id of the tree with nothing in it, the same in every git repository.
inline constexpr ObjectId empty_tree{{0x4b, 0x82, 0x5d, 0xc6, 0x42, 0xcb, 0x6e, 0xb9, 0xa0, 0x60,
                                      0xe5, 0x4b, 0xf8, 0xd6, 0x92, 0x88, 0xfb, 0xee, 0x49, 0x04}};

struct ObjectIdHash {
  [[nodiscard]] std::size_t operator()(const ObjectId& id) const noexcept {
    std::size_t start = 0;  // an id is a hash already
    std::memcpy(&start, id.bytes.data(), sizeof start);
    return start;
  }
};

}  // namespace oche::detail
