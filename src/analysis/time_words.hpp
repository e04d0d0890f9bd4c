// time_words.hpp - a forecast in words, and durations as people read them.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/time.hpp>

#include <string>

namespace oche::detail::forecast {

/// `0 s`, `7 ms`, `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`.
[[nodiscard]] std::string duration_text(Duration duration);

[[nodiscard]] std::string path_text(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string path_json(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string run_text(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string run_json(const Forecast& forecast, unsigned slots);

}  // namespace oche::detail::forecast
