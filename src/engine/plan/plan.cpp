// plan.cpp - what would run, what would be reused, what waits, and why.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/plan.hpp>

#include "engine/jobs/work.hpp"
#include "engine/plan/no_such_step.hpp"
#include "engine/plan/planning.hpp"
#include <oche/term/step_payload.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace oche {

namespace {

using detail::CellId;
using detail::Planning;
using detail::Rounds;

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
      if (!is_job(graph.kind(node))) continue;
      plan.unknown.push_back({.path = with_names(graph.path(node), general, named),
                              .reason = "once for each item of a list that is not known yet",
                              .where = detail::place(graph.where(node)),
                              .key = {},
                              .is_reading = detail::is_reading(graph, node)});
    }
  }
}

void add_templates(Plan& plan, const Planning& planning) {
  const Rounds& rounds = planning.rounds;
  for (const CellId cell : rounds.live()) {
    const detail::Asker asker = rounds.asker(cell);
    if (asker.graph->kind(asker.node) != Kind::expand) continue;
    if (planning.has_unknown_items(cell)) add_template(plan, rounds, cell);
  }
}

}  // namespace

std::string_view to_string(Planned fate) {
  constexpr std::string_view words[] = {"would run", "may run", "reused",
                                        "blocked",   "skipped", "waiting"};
  return words[static_cast<std::size_t>(fate)];
}

std::vector<PlannedStep>& Plan::list(Planned fate) {
  std::vector<PlannedStep>* const lists[] = {&run, &unknown, &reuse, &blocked, &skip, &wait};
  return *lists[static_cast<std::size_t>(fate)];
}

const std::vector<PlannedStep>& Plan::list(Planned fate) const {
  const std::vector<PlannedStep>* const lists[] = {&run, &unknown, &reuse, &blocked, &skip, &wait};
  return *lists[static_cast<std::size_t>(fate)];
}

std::size_t Plan::count(Planned fate) const {
  std::set<std::string_view> keys;
  std::size_t found = 0;
  for (const PlannedStep& step : list(fate)) {
    if (step.is_reading) continue;
    // Who shares a key shares the attempt.
    const bool is_shared = fate == Planned::run && !keys.insert(step.key).second;
    if (!is_shared) ++found;
  }
  return found;
}

Result<PlannedStep> Plan::step(std::string_view path) const {
  std::vector<std::string> known;
  for (const Planned fate : all_planned)
    for (const PlannedStep& one : list(fate)) {
      if (one.path == path) return one;
      known.push_back(one.path);
    }
  return detail::no_such_step(path, known);
}

Plan plan(const AnyTerm& pipeline, const EngineOptions& options) {
  return detail::planned(detail::Planning(pipeline, options));
}

Plan detail::planned(const Planning& planning) {
  Plan plan;
  for (const CellId cell : planning.rounds.steps()) {
    auto [fate, step] = planning.fate_of(cell);
    plan.list(fate).push_back(std::move(step));
  }
  add_templates(plan, planning);
  for (const auto& [cell, question] : planning.side.questions()) {
    if (planning.rounds.is_alive(cell) && planning.rounds.state(cell) == State::awaiting_approval) {
      plan.questions.push_back(question);
    }
  }
  for (const Planned fate : all_planned) {
    auto& list = plan.list(fate);
    std::sort(list.begin(), list.end(),
              [](const PlannedStep& a, const PlannedStep& b) { return a.path < b.path; });
  }
  return plan;
}

}  // namespace oche
