// readable_time.hpp - durations for people, and as seconds for programs.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>

namespace oche::detail {

/// For JSON, whose readers expect seconds, and for what is counted in them.
[[nodiscard]] inline double in_seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

/// `41 ms`, `2.7 s`, `1 min 30 s`, `2 h 5 min`: rounded to what a person wants to know.
[[nodiscard]] std::string duration_text(std::chrono::nanoseconds duration);

}  // namespace oche::detail
