// ticks.hpp - exact conversion between units of time.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

namespace oche::detail {

/// Seconds a tick, as a fraction; both positive.
struct Period {
  std::int64_t num = 1;
  std::int64_t den = 1;
  friend bool operator==(Period, Period) = default;
};

/// Nothing if it is no whole number of `to`, or more than 64 bits hold.
[[nodiscard]] std::optional<std::uint64_t> convert(std::uint64_t count, Period from, Period to);
[[nodiscard]] std::optional<std::int64_t> convert_signed(std::int64_t count, Period from,
                                                         Period to);

}  // namespace oche::detail
