// readable_time.cpp - durations for people.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/readable_time.hpp"

#include <fmt/format.h>

#include <cmath>

namespace oche::detail {

std::string duration_text(std::chrono::nanoseconds duration) {
  const double seconds = in_seconds(duration);
  if (duration == duration.zero()) return "0 s";
  if (seconds < 0.00095) return fmt::format("{:.0f} us", seconds * 1e6);
  if (seconds < 0.0995) return fmt::format("{:.0f} ms", seconds * 1000);
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace oche::detail
