// time_words.hpp - a forecast in words.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/time.hpp>

#include <string>

namespace oche::detail::forecast {

[[nodiscard]] std::string path_text(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string path_json(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string run_text(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string run_json(const Forecast& forecast, unsigned slots);

}  // namespace oche::detail::forecast
