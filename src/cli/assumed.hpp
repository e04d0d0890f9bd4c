// assumed.hpp - what the command line assumes of a run that has not been.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cli/arguments.hpp"
#include <oche/analysis/time.hpp>
#include <oche/engine/state_folder.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace oche::cli {

/// A pipeline, and what is assumed of a run of it.
struct Assumed {
  Facts facts;
  Assumptions assumptions;
};
/// Durations are those that the state folder remembers. Fails: throws WrongUsage.
[[nodiscard]] Assumed assumed_of(const Program& program, const Arguments& arguments);
/// What is known of steps and lists alone, whatever becomes of them. Fails: throws WrongUsage, and
/// oche::Error if the state folder cannot be read.
[[nodiscard]] Assumptions known_of(const Arguments& arguments);
/// Fails: throws WrongUsage where what is assumed names what is not there.
[[nodiscard]] Forecast forecast_of(const Assumed& assumed);

/// `NAME=VALUE` in its parts. Fails: throws WrongUsage.
[[nodiscard]] std::pair<std::string, std::string> told_apart(const std::string& text,
                                                             std::string_view option);
/// Fails: throws WrongUsage if it is none, or less than nothing.
[[nodiscard]] double number(const std::string& text, std::string_view option);
/// The state folder, if there is one and anything in it. Fails: throws oche::Error if it cannot be
/// read.
[[nodiscard]] std::optional<StateFolder> stored_for(const Arguments& arguments);
/// How long steps usually take, where that only adds to what is said: empty if nobody can tell.
[[nodiscard]] std::map<std::string, Duration> usual_durations(const Arguments& arguments);
/// Those that were asked for, or one for each core.
[[nodiscard]] unsigned slots_of(const Arguments& arguments);

}  // namespace oche::cli
