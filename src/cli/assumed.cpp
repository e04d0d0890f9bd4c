// assumed.cpp - reads what is assumed of a run from the command line and the state folder.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/assumed.hpp"

#include "cli/commands.hpp"
#include <oche/engine/plan.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>

namespace oche::cli {

namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(',', from), text.size());
    if (to > from) words.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

std::set<std::string> set_of(const std::vector<std::string>& paths) {
  return {paths.begin(), paths.end()};
}

/// How long what nobody knows takes, which items lists have, and what pools have.
void take_told(const Arguments& arguments, Assumptions& assumptions) {
  if (!arguments.unknown.empty()) {
    assumptions.unknown = std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(number(arguments.unknown, "--unknown")));
  }
  for (const std::string& given : arguments.items) {
    auto [list, names] = told_apart(given, "--items");
    assumptions.items[list] = words_of(names);
  }
  for (const std::string& given : arguments.pools) {
    auto [pool, cpus] = told_apart(given, "--pool");
    assumptions.pools[pool] = {.cpus = number(cpus, "--pool")};
  }
}

/// What earlier runs tell.
Assumptions learned_in(const std::optional<StateFolder>& stored) {
  if (!stored) return {};
  return {.durations = stored->usual_durations(), .start_up = stored->usual_start_up()};
}

}  // namespace

std::optional<StateFolder> stored_for(const Arguments& arguments) {
  namespace fs = std::filesystem;
  const fs::path folder = arguments.state;
  if (!fs::exists(folder) || (fs::is_directory(folder) && fs::is_empty(folder)))
    return std::nullopt;
  Result<StateFolder> opened = StateFolder::open(arguments.state);
  if (!opened) throw Error(opened.failure());
  return std::move(opened).value();
}

std::map<std::string, Duration> usual_durations(const Arguments& arguments) {
  const Result<StateFolder> opened = StateFolder::open(arguments.state);
  return opened.is_ok() ? opened.value().usual_durations() : std::map<std::string, Duration>();
}

std::pair<std::string, std::string> told_apart(const std::string& text, std::string_view option) {
  const std::size_t at = text.rfind('=');  // paths may have one too
  if (at == text.npos || at == 0) {
    throw WrongUsage(Failure{.what = fmt::format("{} {} has no name and value", option, text),
                             .hint = fmt::format("write {} NAME=VALUE", option)});
  }
  return {text.substr(0, at), text.substr(at + 1)};
}

double number(const std::string& text, std::string_view option) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > 1e9)
    throw WrongUsage(Failure{.what = fmt::format("{} {} is no number", option, text)});
  return value;
}

Assumptions known_of(const Arguments& arguments) {
  Assumptions assumptions = learned_in(stored_for(arguments));
  take_told(arguments, assumptions);
  return assumptions;
}

Assumed assumed_of(const Program& program, const Arguments& arguments) {
  const AnyTerm pipeline = pipeline_of(program, arguments);
  Assumptions assumptions = learned_in(stored_for(arguments));
  assumptions.failing = set_of(arguments.failing);
  assumptions.untrue = set_of(arguments.untrue);
  assumptions.unapproved = set_of(arguments.unapproved);
  take_told(arguments, assumptions);
  if (arguments.reuse) {
    for (const PlannedStep& step : oche::plan(pipeline, arguments.engine_options()).reuse)
      assumptions.reused.insert(step.path);
  }
  return {Facts(Graph(pipeline)), std::move(assumptions)};
}

Forecast forecast_of(const Assumed& assumed) {
  try {
    return Forecast(assumed.facts, assumed.assumptions);
  } catch (const Error& error) {  // what was assumed of is not there
    throw WrongUsage(error.failure());
  }
}

unsigned slots_of(const Arguments& arguments) {
  return arguments.slots > 0 ? arguments.slots : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace oche::cli
