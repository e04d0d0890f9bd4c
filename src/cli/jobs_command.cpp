// jobs_command.cpp - what runs, waits and ran last; logs; and what steps made.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "base/readable_time.hpp"
#include "cli/commands.hpp"
#include "cli/control.hpp"
#include "cli/follow.hpp"
#include "cli/terminal.hpp"
#include <oche/engine/state_folder.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche::cli {

namespace {

constexpr std::size_t recent_jobs = 20;

int cannot_read(const Failure& failure) {
  print_failure(failure);
  return exit_state;
}

std::string padded(const std::string& path, std::size_t width) {
  return path + std::string(width - detail::display_width(path), ' ');
}

std::string attempt_line(const AttemptInfo& attempt, std::size_t width) {
  const StateLook& look = look_of(attempt.state);
  std::string line = fmt::format("{} {}  {:<10}", look.mark, padded(attempt.path, width),
                                 attempt.is_lost ? std::string_view("lost") : look.word);
  if (attempt.duration.count() > 0)
    line += fmt::format(" {:>8}", detail::duration_text(attempt.duration));
  if (!attempt.text.empty()) line += "  " + attempt.text;
  return line + "\n";
}

nlohmann::ordered_json json_of(const AttemptInfo& attempt) {
  nlohmann::ordered_json one{{"path", attempt.path}, {"state", look_of(attempt.state).word}};
  if (attempt.duration.count() > 0) {
    one["seconds"] = detail::in_seconds(attempt.duration);
  }
  if (!attempt.text.empty()) one["text"] = attempt.text;
  one["log"] = attempt.log;
  one["isolation"] = attempt.isolation;
  return one;
}

/// Of the program that is running, if one is.
std::vector<std::string> waiting(const Arguments& arguments) {
  const auto reply = ask(arguments.state, {.command = "waiting"});
  return reply && reply->is_ok() ? reply->value() : std::vector<std::string>();
}

}  // namespace

int jobs(const Program&, const Arguments& arguments) {
  const Result<StateFolder> folder = StateFolder::open(arguments.state);
  if (!folder) return cannot_read(folder.failure());
  const auto recent = folder.value().recent(recent_jobs);
  if (!recent) return cannot_read(recent.failure());
  const std::vector<std::string> asked = waiting(arguments);
  if (arguments.json) {
    nlohmann::ordered_json all{{"waiting", asked}, {"jobs", nlohmann::ordered_json::array()}};
    for (const AttemptInfo& attempt : recent.value())
      all["jobs"].push_back(json_of(attempt));
    print(detail::json_page(all));
    return exit_ok;
  }
  std::size_t width = 0;
  for (const std::string& path : asked)
    width = std::max(width, detail::display_width(path));
  for (const AttemptInfo& attempt : recent.value()) {
    width = std::max(width, detail::display_width(attempt.path));
  }
  for (const std::string& path : asked) {
    print(fmt::format("? {}  waits for a person\n", padded(path, width)));
  }
  for (const AttemptInfo& attempt : recent.value())
    print(attempt_line(attempt, width));
  if (recent.value().empty()) print("nothing has run here\n");
  return exit_ok;
}

int log(const Program&, const Arguments& arguments) {
  const Result<StateFolder> folder = StateFolder::open(arguments.state);
  if (!folder) return cannot_read(folder.failure());
  for (const std::string& path : arguments.paths) {
    const Result<AttemptInfo> newest = folder.value().newest(path);
    if (!newest) {
      print_failure(newest.failure());
      return exit_usage;
    }
    const Result<> shown = show_log(newest.value().log, [&] {
      if (!arguments.follow) return false;
      const Result<AttemptInfo> now = folder.value().newest(path);
      return now.is_ok() && now.value().log == newest.value().log &&
             now.value().state == State::running;
    });
    if (!shown) return cannot_read(shown.failure());
  }
  return exit_ok;
}

int get(const Program&, const Arguments& arguments) {
  const Result<StateFolder> folder = StateFolder::open(arguments.state);
  if (!folder) return cannot_read(folder.failure());
  for (const std::string& path : arguments.paths) {
    std::string to = arguments.to.empty() ? path : arguments.to;
    if (arguments.paths.size() > 1 && !arguments.to.empty()) to += "/" + path;
    if (const Result<> copied = folder.value().copy_outputs(path, to); !copied) {
      print_failure(copied.failure());
      return exit_failed;
    }
    if (!arguments.quiet) print(fmt::format("{} is in {}\n", path, to));
  }
  return exit_ok;
}

}  // namespace oche::cli
