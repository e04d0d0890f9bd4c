// bands.hpp - what is not in order yet, thrown together by how far from the front it is.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/rank.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace oche::scheduling {

/// Values with a `rank`, all behind a border: in bands, by the first digit in which their rough
/// rank differs from the border and by what that digit is. The fewer digits it has in common, the
/// farther it is from the border; within one band there is no order.
///
/// Cost: constant to put, and once more for each digit of which a band is taken apart: few, since
/// a small band is not.
/// Source: the buckets of radix heaps, Ahuja, Mehlhorn, Orlin and Tarjan 1990.
template <class T>
class Bands {
 public:
  [[nodiscard]] bool empty() const { return levels_ == 0; }
  /// Whether it is behind the border.
  [[nodiscard]] bool holds(std::uint64_t key) const { return key > border_; }

  /// Requires: there is nothing behind the border.
  void place_border(std::uint64_t key) { border_ = key; }
  /// Nearer to the front than it was, or there already.
  void move_border(std::uint64_t border) {
    if (border == border_) return;
    std::vector<T> nearest;  // have more in common with the old border than that with the new
    for (const unsigned level = level_of(border ^ border_);
         levels_ != 0 && lowest_level() < level;) {
      take_lowest();
      nearest.insert(nearest.end(), taken_.begin(), taken_.end());
    }
    border_ = border;
    for (const T& value : nearest)
      put(value, rough(value.rank));
  }

  /// Requires: `key` is its rough rank, and is behind the border.
  void put(const T& value, std::uint64_t key) { put(value, key, level_of(key ^ border_)); }
  /// Those in front of all others, `few` at most or all of one rough rank; the border moves behind
  /// them. Valid until the next call of anything here. Requires: it is not empty.
  [[nodiscard]] const std::vector<T>& take(std::size_t few) {
    for (;;) {
      const unsigned level = lowest_level();
      take_lowest();
      if (level == 0 || taken_.size() <= few) {
        border_ = rough(taken_.front().rank) | ((std::uint64_t{1} << (digit_bits * level)) - 1);
        return taken_;
      }
      for (const T& value : taken_)
        put(value, rough(value.rank), level - 1);
    }
  }

  /// Calls `visit` with each, in no order.
  template <class F>
  void each(F visit) const {
    for (const std::vector<T>& band : bands_)
      for (const T& value : band)
        visit(value);
  }

 private:
  static constexpr unsigned digit_bits = 4;
  static constexpr unsigned digits = 64 / digit_bits;
  static constexpr unsigned values = 1U << digit_bits;

  /// That of the first digit that is not zero, from behind.
  static unsigned level_of(std::uint64_t difference) {
    return (63 - static_cast<unsigned>(std::countl_zero(difference))) / digit_bits;
  }
  [[nodiscard]] unsigned lowest_level() const {
    return static_cast<unsigned>(std::countr_zero(levels_));
  }
  void put(const T& value, std::uint64_t key, unsigned level) {
    const unsigned digit = (key >> (digit_bits * level)) % values;
    if (bands_.empty()) bands_.resize(std::size_t{digits} * values);
    bands_[level * values + digit].push_back(value);
    used_[level] = static_cast<std::uint16_t>(used_[level] | 1U << digit);
    levels_ = static_cast<std::uint16_t>(levels_ | 1U << level);
  }
  /// The band in front of all others.
  void take_lowest() {
    const unsigned level = lowest_level();
    const auto digit = static_cast<unsigned>(std::countr_zero(used_[level]));
    used_[level] = static_cast<std::uint16_t>(used_[level] & (used_[level] - 1U));
    if (used_[level] == 0) levels_ = static_cast<std::uint16_t>(levels_ & (levels_ - 1U));
    taken_.clear();
    taken_.swap(bands_[level * values + digit]);
  }

  std::uint64_t border_ = 0;
  std::vector<std::vector<T>> bands_;         ///< by level and digit
  std::vector<T> taken_;                      ///< the band that was taken last
  std::array<std::uint16_t, digits> used_{};  ///< by level: the digits of which there is a band
  std::uint16_t levels_ = 0;                  ///< of which there is one
};

}  // namespace oche::scheduling
