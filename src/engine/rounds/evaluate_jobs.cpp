// evaluate_jobs.cpp - steps, commands and inputs ask who runs and reads them.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {

Verdict World::evaluate_job(InstanceId in, NodeId node, CellId id) {
  Cell& cell = cells[id];
  Verdict verdict;
  if (is_blocked(in, node, id, Rule::values, verdict)) {
    // While its inputs are active again, they may end equal: the job goes on.
    const Asked now = verdict.status == Status::active ? Asked::undecided : Asked::no;
    if (cell.asked != Asked::no && cell.asked != now) {
      cell.asked = now;
      jobs.leave(asker(id), now == Asked::undecided);
    }
    return verdict;
  }
  arguments_.clear();
  for (const NodeId input : region_of(in).graph->inputs(node)) {
    const Value& value = cells[source(in, input)].value();
    arguments_.push_back(value ? value : unit);
  }
  cell.asked = Asked::yes;
  return answer(id, node, jobs.ask(asker(id), arguments_));
}

Verdict World::evaluate_input(InstanceId, NodeId node, CellId id) {
  cells[id].asked = Asked::yes;
  return answer(id, node, jobs.ask_input(asker(id)));
}

Verdict World::answer(CellId id, NodeId node, JobAnswer&& given) const {
  Verdict verdict;
  switch (given.kind) {
    case JobAnswer::Kind::ok:
      verdict = Verdict::ok(given.value ? given.value : unit);
      verdict.stale = given.stale;
      break;
    case JobAnswer::Kind::active:
      verdict = Verdict::active(id, given.phase);
      break;
    case JobAnswer::Kind::failed:
      verdict = fail(id, node,
                     given.failure ? std::move(given.failure) : std::make_shared<const Failure>());
      break;
  }
  return verdict;
}

}  // namespace oche::detail::rounds
