// bits.hpp - a set of numbers that finds the next one at once: a 64-ary tree of bits.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace oche::detail::rounds {

/// Numbers below a bound. A bit of a higher level says whether a word of the level below has any.
/// Cost: set, clear and next are O(log64 n); n / 63 bits of memory more than the set itself.
class Bits {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  /// Room for the numbers below `bound`; the set becomes empty.
  void resize(std::uint32_t bound) {
    levels_ = 0;
    std::uint32_t total = 0;
    std::uint32_t words = bound;
    do {
      words = words / 64 + (words % 64 != 0 ? 1 : 0);
      start_[levels_++] = total;
      total += words;
    } while (words > 1);
    start_[levels_] = total;
    words_.assign(total, 0);
  }

  void set(std::uint32_t i) {
    for (std::uint32_t level = 0; level < levels_; ++level, i >>= 6) {
      std::uint64_t& word = words_[start_[level] + (i >> 6)];
      const std::uint64_t old = word;
      word |= bit(i);
      if (old != 0) return;  // the levels above know already
    }
  }

  void clear(std::uint32_t i) {
    for (std::uint32_t level = 0; level < levels_; ++level, i >>= 6) {
      std::uint64_t& word = words_[start_[level] + (i >> 6)];
      word &= ~bit(i);
      if (word != 0) return;
    }
  }

  [[nodiscard]] bool has(std::uint32_t i) const { return (words_[i >> 6] & bit(i)) != 0; }

  /// The smallest member that is not below `i`, or `none`.
  [[nodiscard]] std::uint32_t next(std::uint32_t i) const {
    for (std::uint32_t level = 0; level < levels_; ++level) {
      const std::uint32_t at = start_[level] + (i >> 6);
      if (at >= start_[level + 1]) return none;
      if (const std::uint64_t rest = words_[at] & (~std::uint64_t{0} << (i & 63)); rest != 0)
        return down(level, (i & ~63u) + first(rest));
      i = (i >> 6) + 1;
    }
    return none;
  }

 private:
  static std::uint64_t bit(std::uint32_t i) { return std::uint64_t{1} << (i & 63); }
  static std::uint32_t first(std::uint64_t word) {
    return static_cast<std::uint32_t>(std::countr_zero(word));
  }
  [[nodiscard]] std::uint32_t down(std::uint32_t level, std::uint32_t i) const {
    while (level-- > 0)
      i = i * 64 + first(words_[start_[level] + i]);
    return i;
  }

  std::vector<std::uint64_t> words_;
  std::array<std::uint32_t, 8> start_ = {};  // of each level; 64^6 > 2^32
  std::uint32_t levels_ = 0;
};

}  // namespace oche::detail::rounds
