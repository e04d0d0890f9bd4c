// digest.hpp - SHA-256: 32 bytes that stand for a value.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <array>
#include <compare>
#include <cstring>
#include <optional>
#include <string>

namespace oche {

/// A SHA-256 digest. All zeroes (the default) stands for none.
struct Digest {
  std::array<std::uint8_t, 32> bytes = {};

  friend bool operator==(const Digest&, const Digest&) = default;
  friend std::strong_ordering operator<=>(const Digest&, const Digest&) = default;

  /// 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
  /// The first `digits` of them, for people.
  [[nodiscard]] std::string short_hex(std::size_t digits = 12) const;
  /// Nothing unless `hex` is 64 hexadecimal digits.
  [[nodiscard]] static std::optional<Digest> from_hex(std::string_view hex);
  [[nodiscard]] bool is_none() const { return *this == Digest{}; }
};

/// The digest of bytes that are there at once. Cost: about 0.2 µs for 64 bytes.
[[nodiscard]] Digest sha256(std::string_view bytes);

/// The digest of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  Sha256& update(std::string_view bytes);
  /// The digest of everything so far; the hasher starts anew.
  [[nodiscard]] Digest finish();

 private:
  void* context_;
};

template <>
inline constexpr bool has_table<Digest> = true;
template <>
struct TypeOf<Digest> {
  static const Type value;
};

}  // namespace oche

template <>
struct std::hash<oche::Digest> {
  std::size_t operator()(const oche::Digest& digest) const noexcept {
    std::size_t first;  // any part of a digest is as good a hash as another
    std::memcpy(&first, digest.bytes.data(), sizeof first);
    return first;
  }
};
