// planning.cpp - a pipeline evaluated as far as what is stored goes; the fate of each step.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/planning.hpp"

#include "engine/jobs/work.hpp"
#include <oche/term/step_payload.hpp>

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
    for (const KeyPart& part : asked->parts) {
      step.made_of.emplace_back(part.name, part.shown.empty() ? part.text : part.shown);
    }
  }
  return step;
}

}  // namespace

bool is_reading(const Graph& graph, NodeId node) {
  if (graph.kind(node) != Kind::step) return false;
  return static_cast<const StepPayload*>(graph.term(node).payload)->options.is_reading;
}

Planning::Planning(const AnyTerm& pipeline, const EngineOptions& options)
    : graph(pipeline), side(options), rounds(graph, side) {
  side.know(rounds);
  rounds.want(true);
  while (!rounds.is_quiet())
    rounds.advance();
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
  if (!outcome.wanted) return with(Planned::skip, "nobody asks for it");
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
