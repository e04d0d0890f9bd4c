// pages.hpp - an array that grows without moving what is in it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace oche::detail::rounds {

/// References stay good while the array grows; nothing is ever given back.
template <class T>
class Pages {
 public:
  [[nodiscard]] T& operator[](std::uint32_t i) { return pages_[i >> bits][i & (size_of_page - 1)]; }
  [[nodiscard]] const T& operator[](std::uint32_t i) const {
    return pages_[i >> bits][i & (size_of_page - 1)];
  }
  [[nodiscard]] std::uint32_t size() const { return size_; }

  /// Adds `count` default ones; gives the first's number.
  std::uint32_t grow(std::uint32_t count) {
    const std::uint32_t first = size_;
    size_ += count;
    while ((pages_.size() << bits) < size_)
      pages_.push_back(std::make_unique<T[]>(size_of_page));
    return first;
  }

 private:
  static constexpr unsigned bits = 12;
  static constexpr std::uint32_t size_of_page = std::uint32_t{1} << bits;
  std::vector<std::unique_ptr<T[]>> pages_;
  std::uint32_t size_ = 0;
};

}  // namespace oche::detail::rounds
