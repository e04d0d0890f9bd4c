// plan_command.cpp - what would run, and why; and what a key is made of.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "cli/commands.hpp"
#include "cli/read_file.hpp"
#include "cli/terminal.hpp"
#include <oche/engine/plan.hpp>
#include <oche/engine/saved_plan.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace oche::cli {

namespace {

constexpr std::string_view fate_names[] = {"run", "unknown", "reuse", "blocked", "skip", "wait"};

std::string json_of(const Plan& plan) {
  nlohmann::ordered_json all;
  for (const Planned fate : all_planned) {
    nlohmann::ordered_json& list = all[std::string(fate_names[static_cast<std::size_t>(fate)])];
    list = nlohmann::ordered_json::array();
    for (const PlannedStep& step : plan.list(fate)) {
      nlohmann::ordered_json one{
          {"path", step.path}, {"reason", step.reason}, {"where", step.where}};
      if (!step.key.empty()) one["key"] = step.key;
      if (step.is_reading) one["reading"] = true;
      list.push_back(std::move(one));
    }
  }
  return detail::json_page(all);
}

std::string lines_of(const Plan& plan) {
  std::size_t widest = 0;
  for (const Planned fate : all_planned) {
    for (const PlannedStep& step : plan.list(fate))
      widest = std::max(widest, detail::display_width(step.path));
  }
  const auto line_of = [&](const PlannedStep& step, std::string_view reason) {
    return fmt::format("  {}{}  {}\n", step.path,
                       std::string(widest - detail::display_width(step.path), ' '), reason);
  };
  std::string text;
  std::string counts;
  std::string readers;
  for (const Planned fate : all_planned) {
    std::string lines;
    for (const PlannedStep& step : plan.list(fate)) {
      if (step.is_reading)
        readers += line_of(step, fmt::format("{}: {}", to_string(fate), step.reason));
      else
        lines += line_of(step, step.reason);
    }
    if (lines.empty()) continue;
    text += fmt::format("{}:\n{}", to_string(fate), lines);
    counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", plan.count(fate), to_string(fate));
  }
  if (!readers.empty()) text += "only read, and not counted:\n" + readers;
  return text + (counts.empty() ? "nothing to do: the pipeline has no steps\n" : counts + "\n");
}

}  // namespace

SavedPlan saved_plan_at(const std::string& name) {
  return read_file(name, saved_plan_from_json, "`plan --out FILE` writes one");
}

int plan(const Program& program, const Arguments& arguments) {
  const AnyTerm pipeline = pipeline_of(program, arguments);
  const Plan made = oche::plan(pipeline, arguments.engine_options());
  if (!arguments.out.empty()) {
    const Result<SavedPlan> saved = saved_plan(pipeline, made);
    if (!saved) throw Error(saved.failure());
    print_to(arguments.out, to_json(saved.value()));
  }
  print(arguments.json ? json_of(made) : lines_of(made));
  const bool does_work = made.count(Planned::run) + made.count(Planned::unknown) > 0;
  return does_work ? exit_would_run : exit_ok;
}

int key(const Program& program, const Arguments& arguments) {
  const Plan made = oche::plan(pipeline_of(program, arguments), arguments.engine_options());
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const std::string& path : arguments.paths) {
    const Result<PlannedStep> found = made.step(path);
    if (!found) {
      print_failure(found.failure());
      return exit_usage;
    }
    const PlannedStep& step = found.value();
    if (arguments.json) {
      nlohmann::ordered_json parts = nlohmann::ordered_json::array();
      for (const auto& [name, shown] : step.made_of) {
        parts.push_back({{"name", name}, {"value", shown}});
      }
      all.push_back({{"path", path}, {"key", step.key}, {"made_of", parts}});
      continue;
    }
    if (step.key.empty()) {
      print(fmt::format("{}: not known yet, {}\n", path, step.reason));
      continue;
    }
    print(fmt::format("{}  {}\n", path, step.key));
    for (const auto& [name, shown] : step.made_of) {
      print(fmt::format("  {:<18} {}\n", name, shown));
    }
  }
  if (arguments.json) {
    print(detail::json_page(all));
  }
  return exit_ok;
}

}  // namespace oche::cli
