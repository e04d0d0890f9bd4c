// planning.cpp - a pipeline evaluated as far as what is stored goes; the fate of each step.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/planning.hpp"

#include "engine/jobs/work.hpp"
#include <oche/term/step_payload.hpp>

#include <set>

namespace oche::detail {

namespace {

PlannedStep described(const Planning& planning, CellId cell) {
  const Asker asker = planning.rounds.asker(cell);
  PlannedStep step{.path = planning.rounds.path_of(cell),
                   .reason = {},
                   .where = place(asker.graph->where(asker.node)),
                   .key = {},
                   .is_reading = is_reading(*asker.graph, asker.node)};
  if (const PlanSide::Asked* asked = planning.side.asked(cell)) {
    step.key = asked->key.hex();
    step.reason = asked->reason;
    step.made_of = planning.side.shown_key(asker);
  }
  return step;
}

}  // namespace

bool is_reading(const Graph& graph, NodeId node) {
  if (graph.kind(node) != Kind::step) return false;
  return static_cast<const StepPayload*>(graph.term(node).payload)->options.is_reading;
}

Planning::Planning(const AnyTerm& pipeline, const EngineOptions& options, bool by_hand)
    : graph(pipeline), side(options, by_hand), rounds(graph, side) {
  side.know(graph, rounds);
  rounds.want(true);
  while (!rounds.is_quiet())
    rounds.advance();
  find_maybe_wanted();
}

/// What `only_if` and `or_else` may ask for once they know, what the items of a list read that is
/// not known yet, and all that this would ask for. A plan without it would promise too little.
void Planning::find_maybe_wanted() {
  std::vector<std::pair<CellId, CellId>> left;  // a cell, and who decides
  std::vector<CellId> lists;                    // which may look at states, too
  for (const CellId cell : rounds.live()) {
    const Asker asker = rounds.asker(cell);
    const Kind kind = asker.graph->kind(asker.node);
    has_states_ = has_states_ || kind == Kind::state_of;
    if (kind == Kind::expand) lists.push_back(cell);
    if (kind != Kind::only_if && kind != Kind::or_else) continue;
    const std::vector<CellId> inputs = rounds.inputs(cell);
    if (rounds.outcome(cell).wanted && is_open(inputs[0])) left.emplace_back(inputs[1], inputs[0]);
  }
  for (const CellId list : lists)
    if (rounds.outcome(list).wanted && is_open(list))
      for (const CellId input : rounds.inputs(list))
        left.emplace_back(input, list);
  while (!left.empty()) {
    const auto [cell, decider] = left.back();
    left.pop_back();
    if (rounds.outcome(cell).wanted || !maybe_.emplace(cell, decider).second) continue;
    for (const CellId input : rounds.inputs(cell))
      left.emplace_back(input, decider);
  }
}

bool Planning::is_list(CellId cell) const {
  const Asker asker = rounds.asker(cell);
  return asker.graph->kind(asker.node) == Kind::expand;
}

/// What becomes of it is not known, or may change.
bool Planning::is_open(CellId cell) const {
  return rounds.outcome(cell).status == Status::active || looks_at_open_state(cell);
}

bool Planning::has_unknown_items(CellId list) const {
  return rounds.outcome(list).wanted ? is_open(list) : maybe_.contains(list);
}

/// `state_of` is always ok, but not always the same: what is made of it may still change.
bool Planning::looks_at_open_state(CellId cell) const {
  if (!has_states_) return false;
  std::vector<CellId> left{cell};
  std::set<CellId> seen;
  while (!left.empty()) {
    const CellId one = left.back();
    left.pop_back();
    if (!seen.insert(one).second) continue;
    const Asker asker = rounds.asker(one);
    const std::vector<CellId> reads = rounds.reads(one);
    if (asker.graph->kind(asker.node) == Kind::state_of &&
        rounds.outcome(reads[0]).status == Status::active)
      return true;
    left.insert(left.end(), reads.begin(), reads.end());
  }
  return false;
}

std::string Planning::origin_path(CellId cell) const {
  const CellId origin = rounds.outcome(cell).origin;
  return origin == no_cell ? std::string("its inputs") : rounds.path_of(origin);
}

/// What stands in a step's own way comes before others'.
std::pair<Planned, PlannedStep> Planning::fate_of(CellId cell) const {
  PlannedStep step = described(*this, cell);
  const auto with = [&](Planned fate, std::string reason) {
    step.reason = std::move(reason);
    return std::pair{fate, std::move(step)};
  };
  const CellOutcome outcome = rounds.outcome(cell);
  const PlanSide::Asked* asked = side.asked(cell);
  if (const auto open = maybe_.find(cell); !outcome.wanted && open != maybe_.end())
    return with(Planned::unknown,
                is_list(open->second)
                    ? "if the list behind " + origin_path(open->second) + " has items"
                    : "if " + origin_path(open->second) + " says so");
  if (!outcome.wanted) return with(Planned::skip, "nobody asks for it");
  if (looks_at_open_state(cell))
    return with(Planned::unknown, "it looks at the state of what is not done");
  if (asked != nullptr && asked->is_stored) return {Planned::reuse, std::move(step)};
  if (outcome.status == Status::skipped) return with(Planned::skip, std::string(outcome.reason));
  if (outcome.status == Status::failed)
    return with(Planned::blocked, "behind " + origin_path(cell) + ", which failed");
  if (outcome.phase == Phase::awaiting_approval)
    return with(Planned::wait, outcome.origin == cell
                                   ? "it waits for a person"
                                   : "behind " + origin_path(cell) + ", which waits for a person");
  if (asked != nullptr) return {Planned::run, std::move(step)};
  return with(Planned::unknown, "behind " + origin_path(cell));
}

}  // namespace oche::detail
