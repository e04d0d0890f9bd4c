// ticks.cpp - exact conversion between units of time.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/ticks.hpp"

#include <limits>
#include <numeric>

namespace oche::detail {
namespace {

std::optional<std::uint64_t> product(std::uint64_t a, std::uint64_t b) {
  if (b != 0 && a > std::numeric_limits<std::uint64_t>::max() / b) return std::nullopt;
  return a * b;
}

std::uint64_t magnitude(std::int64_t x) {
  return x < 0 ? ~static_cast<std::uint64_t>(x) + 1 : static_cast<std::uint64_t>(x);
}

}  // namespace

std::optional<std::uint64_t> convert(std::uint64_t count, Period from, Period to) {
  // count * from.num * to.den / (from.den * to.num), shortened first so that little overflows.
  std::uint64_t up[2] = {magnitude(from.num), magnitude(to.den)};
  std::uint64_t down[2] = {magnitude(from.den), magnitude(to.num)};
  for (std::uint64_t& over : up) {
    for (std::uint64_t& under : down) {
      const std::uint64_t common = std::gcd(over, under);
      over /= common;
      under /= common;
    }
  }
  for (std::uint64_t& under : down) {
    const std::uint64_t common = std::gcd(count, under);
    count /= common;
    under /= common;
  }
  if (down[0] != 1 || down[1] != 1) return std::nullopt;
  const std::optional<std::uint64_t> once = product(count, up[0]);
  return once ? product(*once, up[1]) : std::nullopt;
}

std::optional<std::int64_t> convert_signed(std::int64_t count, Period from, Period to) {
  const std::optional<std::uint64_t> size = convert(magnitude(count), from, to);
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  if (!size || *size > most) return std::nullopt;
  return count < 0 ? -static_cast<std::int64_t>(*size) : static_cast<std::int64_t>(*size);
}

}  // namespace oche::detail
