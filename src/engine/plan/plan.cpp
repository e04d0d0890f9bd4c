// plan.cpp - what would run, what would be reused, what waits, and why.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/plan.hpp>

#include "engine/jobs/work.hpp"
#include "engine/plan/no_such_step.hpp"
#include "engine/plan/planning.hpp"
#include <oche/term/step_payload.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace oche {

namespace {

using detail::CellId;
using detail::Planning;
using detail::Rounds;

/// In the order of cells.
using Fates = std::vector<std::pair<Planned, PlannedStep>>;

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
void add_template(Fates& fates, const Rounds& rounds, CellId list) {
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
      fates.emplace_back(Planned::unknown,
                         PlannedStep{.path = with_names(graph.path(node), general, named),
                                     .reason = "once for each item of a list that is not known yet",
                                     .where = detail::place(graph.where(node)),
                                     .key = {},
                                     .is_reading = detail::is_reading(graph, node)});
    }
  }
}

void add_templates(Fates& fates, const Planning& planning) {
  const Rounds& rounds = planning.rounds;
  for (const CellId cell : rounds.live()) {
    const detail::Asker asker = rounds.asker(cell);
    if (asker.graph->kind(asker.node) != Kind::expand) continue;
    if (planning.has_unknown_items(cell)) add_template(fates, rounds, cell);
  }
}

/// A step's place, with how its path begins at hand: most comparisons need no more.
struct Place {
  std::uint64_t begin = 0;
  std::uint64_t then = 0;
  std::uint32_t index = 0;
};

std::uint64_t first_bytes(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number = number << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return number;
}

/// In path order; those with one path as they are.
std::vector<Place> by_path(const Fates& fates) {
  std::vector<Place> places;
  places.reserve(fates.size());
  for (std::size_t i = 0; i < fates.size(); ++i) {
    const std::string_view path = fates[i].second.path;
    places.push_back({first_bytes(path),
                      first_bytes(path.substr(std::min(path.size(), sizeof(std::uint64_t)))),
                      static_cast<std::uint32_t>(i)});
  }
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    if (a.then != b.then) return a.then < b.then;
    const int order = fates[a.index].second.path.compare(fates[b.index].second.path);
    return order != 0 ? order < 0 : a.index < b.index;
  });
  return places;
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
  const std::vector<CellId> steps = planning.rounds.steps();
  Fates fates;
  fates.reserve(steps.size());
  for (const CellId cell : steps)
    fates.push_back(planning.fate_of(cell));
  add_templates(fates, planning);
  std::array<std::size_t, std::size(all_planned)> counts = {};
  for (const auto& [fate, step] : fates)
    ++counts[static_cast<std::size_t>(fate)];
  Plan plan;
  for (const Planned fate : all_planned)
    plan.list(fate).reserve(counts[static_cast<std::size_t>(fate)]);
  for (const Place& place : by_path(fates)) {
    auto& [fate, step] = fates[place.index];
    plan.list(fate).push_back(std::move(step));
  }
  for (const auto& [cell, question] : planning.side.questions()) {
    if (planning.rounds.is_alive(cell) && planning.rounds.state(cell) == State::awaiting_approval) {
      plan.questions.push_back(question);
    }
  }
  return plan;
}

}  // namespace oche
