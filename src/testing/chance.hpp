// chance.hpp - one of several, at random where a seed was given.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <random>

namespace oche::testing {

/// The same seed gives the same choices on every machine. Threads: one.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : is_random_(seed != 0), random_(seed) {}

  [[nodiscard]] bool is_random() const { return is_random_; }
  /// One of `options`, which are at least one; the first, without a seed.
  [[nodiscard]] std::size_t of(std::size_t options) {
    return is_random_ ? static_cast<std::size_t>(random_() % options) : 0;
  }

 private:
  bool is_random_;
  std::mt19937_64 random_;
};

}  // namespace oche::testing
