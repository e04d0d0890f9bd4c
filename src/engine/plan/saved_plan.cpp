// saved_plan.cpp - what is kept of a plan, and whether a pipeline still fits it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/saved_plan.hpp>

#include "engine/jobs/work.hpp"
#include "engine/plan/path_pattern.hpp"
#include "engine/plan/planning.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oche {

namespace {

using detail::fits_path;
using detail::Planning;

/// What is inside of it: the hole's own promise holds there.
bool is_inside(const SavedHole& hole, std::string_view path) {
  const std::size_t levels =
      static_cast<std::size_t>(std::count(hole.path.begin(), hole.path.end(), '/'));
  std::size_t end = 0;
  for (std::size_t i = 0; i <= levels; ++i) {
    end = path.find('/', end == 0 ? 0 : end + 1);
    if (end == path.npos) return false;
  }
  return fits_path(hole.path, path.substr(0, end));
}

const SavedStep* step_at(const std::vector<SavedStep>& steps, std::string_view path) {
  const auto found = std::ranges::lower_bound(steps, path, {}, &SavedStep::path);
  return found == steps.end() || found->path != path ? nullptr : &*found;
}

Result<std::vector<SavedHole>> holes_of(const Graph& graph) {
  std::vector<SavedHole> holes;
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.kind(node) != Kind::dynamic) continue;
    const auto& contract =
        static_cast<const detail::DynamicPayload*>(graph.term(node).payload)->contract;
    if (contract.may_run.empty() && !contract.at_most)
      return Failure{
          .what = fmt::format("the hole {} promises nothing, so no plan can be kept of it",
                              graph.path(node)),
          .hint = "say .may_run({…}) or .at_most(n), or use list_map",
          .where = detail::place(graph.where(node))};
    holes.push_back(
        {std::string(graph.path(node)), contract.may_run, contract.never, contract.at_most});
  }
  return holes;
}

std::vector<SavedStep> kept(const std::vector<PlannedStep>& steps) {
  std::vector<SavedStep> all;
  for (const PlannedStep& step : steps)
    all.push_back({step.path, step.key, step.made_of});
  return all;
}

Failure moved(const SavedStep& saved, const PlannedStep& now) {
  Failure failure{.what = fmt::format("the key of {} is not the one that was planned", now.path),
                  .facts = {{"planned", saved.key}, {"now", now.key}},
                  .hint = "look at `plan`, and keep a new one with `plan --out`",
                  .where = now.where};
  for (const auto& [name, text] : now.made_of) {
    const auto was = std::find_if(saved.made_of.begin(), saved.made_of.end(),
                                  [&](const auto& part) { return part.first == name; });
    if (was == saved.made_of.end())
      failure.facts.push_back({name, "new, " + text});
    else if (was->second != text)
      failure.facts.push_back({name, fmt::format("{} → {}", was->second, text)});
  }
  return failure;
}

Failure unplanned(const PlannedStep& step, const std::string& why) {
  return {.what = fmt::format("{} {}", step.path, why),
          .hint = "look at `plan`, and keep a new one with `plan --out`",
          .where = step.where};
}

}  // namespace

std::optional<std::string> SavedPlan::refusal(std::string_view path, std::string_view key) const {
  for (const auto* list : {&will, &reused})
    if (const SavedStep* const step = step_at(*list, path)) {
      // What was found in the store is not planned to run.
      if (list == &will && step->key == key) return std::nullopt;
      return list == &will ? fmt::format("its key {} is not the planned {}", key, step->key)
                           : std::string("it was planned to be reused");
    }
  if (std::ranges::binary_search(may, path) ||
      std::any_of(may.begin(), may.end(),
                  [&](const std::string& one) { return fits_path(one, path); }) ||
      std::any_of(holes.begin(), holes.end(),
                  [&](const SavedHole& hole) { return is_inside(hole, path); }))
    return std::nullopt;
  return "it is not in the plan";
}

Result<SavedPlan> saved_plan(const AnyTerm& pipeline, const Plan& made) {
  Result<std::vector<SavedHole>> holes = holes_of(Graph(pipeline));
  if (!holes) return holes.failure();
  SavedPlan saved{.will = kept(made.run), .reused = kept(made.reuse)};
  for (const auto* list : {&made.unknown, &made.wait})
    for (const PlannedStep& step : *list)
      saved.may.push_back(step.path);
  std::sort(saved.may.begin(), saved.may.end());
  saved.holes = std::move(holes).value();
  saved.questions = made.questions;
  return saved;
}

Result<> still_fits(const SavedPlan& saved, const AnyTerm& pipeline, const EngineOptions& options) {
  const Planning planning(pipeline, options);
  const Result<std::vector<SavedHole>> holes = holes_of(planning.graph);
  if (!holes) return holes.failure();
  for (const SavedHole& hole : holes.value())
    if (std::find(saved.holes.begin(), saved.holes.end(), hole) == saved.holes.end())
      return Failure{
          .what = fmt::format("the hole {} promises something else than was planned", hole.path),
          .hint = "look at `golden`, and keep a new plan with `plan --out`"};
  const Plan now = planned(planning);
  for (const PlannedStep& step : now.run) {
    if (const SavedStep* const was = step_at(saved.will, step.path)) {
      if (was->key != step.key) return moved(*was, step);
    } else if (const SavedStep* const found = step_at(saved.reused, step.path)) {
      if (found->key != step.key) return moved(*found, step);
      return unplanned(step, "would run again: its result was there when it was planned");
    } else if (const auto why = saved.refusal(step.path, step.key)) {
      return unplanned(step, "would run, and was not planned");
    }
  }
  for (const PlannedStep& step : now.unknown)
    if (step_at(saved.will, step.path) == nullptr && saved.refusal(step.path, {}))
      return unplanned(step, "may run, and was not planned");
  return {};
}

}  // namespace oche
