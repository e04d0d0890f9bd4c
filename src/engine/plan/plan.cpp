// plan.cpp - what would run, what would be reused, what waits, and why.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/plan.hpp>

#include "engine/jobs/work.hpp"
#include "engine/plan/plan_side.hpp"

#include <algorithm>
#include <utility>

namespace oche {

namespace {

using detail::CellId;
using detail::PlanSide;
using detail::Rounds;

PlannedStep described(const Rounds& rounds, const PlanSide& side, CellId cell) {
  const detail::Asker asker = rounds.asker(cell);
  PlannedStep step{.path = rounds.path_of(cell),
                   .where = detail::place(asker.graph->where(asker.node))};
  if (const PlanSide::Asked* asked = side.asked(cell)) {
    step.key = asked->key.hex();
    step.reason = asked->reason;
    for (const detail::KeyPart& part : asked->parts) {
      step.made_of.emplace_back(part.name, part.shown.empty() ? part.text : part.shown);
    }
  }
  return step;
}

std::string origin_path(const Rounds& rounds, CellId cell) {
  const CellId origin = rounds.outcome(cell).origin;
  return origin == detail::no_cell ? std::string("its inputs") : rounds.path_of(origin);
}

/// Which list a step belongs to, and why; what stands in its own way comes before others'.
void sort_in(Plan& plan, const Rounds& rounds, const PlanSide& side, CellId cell) {
  PlannedStep step = described(rounds, side, cell);
  const detail::CellOutcome outcome = rounds.outcome(cell);
  const PlanSide::Asked* asked = side.asked(cell);
  if (!outcome.wanted) {
    step.reason = "nobody asks for it";
    return plan.skip.push_back(std::move(step));
  }
  if (asked != nullptr && asked->is_stored) return plan.reuse.push_back(std::move(step));
  if (outcome.status == detail::Status::skipped) {
    step.reason = std::string(outcome.reason);
    return plan.skip.push_back(std::move(step));
  }
  if (outcome.status == detail::Status::failed) {
    step.reason = "behind " + origin_path(rounds, cell) + ", which failed";
    return plan.blocked.push_back(std::move(step));
  }
  if (outcome.phase == Phase::awaiting_approval) {
    step.reason = outcome.origin == cell
                      ? "it waits for a person"
                      : "behind " + origin_path(rounds, cell) + ", which waits for a person";
    return plan.wait.push_back(std::move(step));
  }
  if (asked != nullptr) return plan.run.push_back(std::move(step));
  step.reason = "behind " + origin_path(rounds, cell);
  plan.unknown.push_back(std::move(step));
}

/// `path` as it is for the item that `named` stands in, where `general` has stars instead.
std::string with_names(std::string_view path, std::string_view general, std::string_view named) {
  // Both end in the same name.
  while (!general.empty() && !named.empty() && general.back() == named.back()) {
    general.remove_suffix(1);
    named.remove_suffix(1);
  }
  if (!path.starts_with(general)) return std::string(path);
  return std::string(named).append(path.substr(general.size()));
}

/// The steps that a list would have, and those of the lists in it: while it is not known, they have
/// no cells. `list`: its expand.
void add_template(Plan& plan, const Rounds& rounds, CellId list) {
  const detail::Asker asker = rounds.asker(list);
  const Graph& graph = *asker.graph;
  const std::string named = rounds.path_of(list);
  const std::string_view general = graph.path(asker.node);
  std::vector<bool> is_in(graph.templates().size());
  is_in[graph.owned_template(asker.node)] = true;
  for (TemplateId t = 1; t < is_in.size(); ++t) {  // outer ones come first
    const Template& one = graph.templates()[t];
    if (is_in[one.parent]) is_in[t] = true;
    if (!is_in[t]) continue;
    for (const NodeId node : one.nodes) {
      if (graph.kind(node) != Kind::step && graph.kind(node) != Kind::command) continue;
      plan.unknown.push_back({.path = with_names(graph.path(node), general, named),
                              .reason = "once for each item of a list that is not known yet",
                              .where = detail::place(graph.where(node)),
                              .key = {}});
    }
  }
}

void add_templates(Plan& plan, const Rounds& rounds) {
  for (const CellId cell : rounds.live()) {
    const detail::Asker asker = rounds.asker(cell);
    if (asker.graph->kind(asker.node) != Kind::expand) continue;
    const detail::CellOutcome list = rounds.outcome(cell);
    if (list.wanted && list.status != detail::Status::ok) add_template(plan, rounds, cell);
  }
}

}  // namespace

Plan plan(const AnyTerm& pipeline, const EngineOptions& options) {
  const Graph graph(pipeline);
  PlanSide side(options);
  Rounds rounds(graph, side);
  side.know(rounds);
  rounds.want(true);
  while (!rounds.is_quiet())
    rounds.advance();
  Plan plan;
  for (const CellId cell : rounds.steps())
    sort_in(plan, rounds, side, cell);
  add_templates(plan, rounds);
  for (const auto& [cell, question] : side.questions()) {
    if (rounds.is_alive(cell) && rounds.state(cell) == State::awaiting_approval) {
      plan.questions.push_back(question);
    }
  }
  for (auto* list :
       {&plan.run, &plan.reuse, &plan.unknown, &plan.blocked, &plan.skip, &plan.wait}) {
    std::sort(list->begin(), list->end(),
              [](const PlannedStep& a, const PlannedStep& b) { return a.path < b.path; });
  }
  return plan;
}

}  // namespace oche
