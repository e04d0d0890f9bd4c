// number.hpp - read the numbers that reports hold, without a locale.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace oche::detail {

/// Seconds as reports write them: `0.013`, `1,234.5` (Surefire's thousands), `0,013`. Zero for
/// anything else, and for what is negative; a year at most.
[[nodiscard]] std::chrono::microseconds read_seconds(std::string_view text);

/// A number from 0 to 1; nothing for anything else.
[[nodiscard]] std::optional<double> read_rate(std::string_view text);

/// A line's number; 0 for anything that is none.
[[nodiscard]] std::uint32_t read_line_number(std::string_view text);

/// Whether a count of any size is more than zero; nothing if it is not a count.
[[nodiscard]] std::optional<bool> read_is_positive(std::string_view text);

}  // namespace oche::detail
