// evaluate_choices.cpp - nodes that hand on one of their inputs, or the success of several.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/group_failures.hpp"
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {

Verdict World::evaluate_all(InstanceId in, NodeId node, CellId id) {
  Verdict verdict;
  if (!is_blocked(in, node, id, Rule::successes, verdict)) return Verdict::ok(unit);
  const Graph& of = *region_of(in).graph;
  const auto* const payload = static_cast<const AllPayload*>(of.term(node).payload);
  if (verdict.status != Status::failed || payload == nullptr || payload->labels.empty())
    return verdict;
  GroupedFailures grouped;
  const std::span<const NodeId> inputs = of.inputs(node);
  if (cells[id].side == nothing) {
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (const Cell& input = cells[source(in, inputs[i])]; input.status() == Status::failed)
        grouped.add(payload->labels[i], *input.blame()->failure);
  } else {
    const Tally& tally = *tallies[cells[id].side];
    for (std::uint32_t i = tally.where[2].next(0); i != Bits::none && !grouped.is_full();
         i = tally.where[2].next(i + 1))
      grouped.add(payload->labels[i], *cells[source(in, inputs[i])].blame()->failure);
    grouped.set_count(tally.count[3]);
  }
  return with_text(std::move(verdict), grouped);
}

Verdict World::with_text(Verdict verdict, const GroupedFailures& grouped) const {
  auto made = std::make_unique<Blame>();
  made->more = verdict.blame->more;
  made->causes = verdict.blame->causes;
  made->failure = std::make_shared<const Failure>(grouped.failure());
  verdict.blame = BlamePtr(made.release());
  return verdict;
}

Verdict World::evaluate_gate(InstanceId in, NodeId node, CellId id) {
  Verdict verdict;
  if (is_blocked(in, node, id, Rule::values, verdict)) return verdict;
  return copy(source(in, region_of(in).graph->inputs(node)[0]));
}

bool World::evaluate_only_if(InstanceId in, NodeId node, CellId id, Verdict& verdict) {
  const Region& region = region_of(in);
  const std::span<const NodeId> inputs = region.graph->inputs(node);
  const CellId condition = source(in, inputs[0]);
  const CellId x = source(in, inputs[1]);
  verdict = copy(condition);
  // While the condition is decided anew, what was asked for stays asked for: it may end equal.
  if (verdict.status == Status::active) return true;
  const bool is_true = verdict.status == Status::ok && verdict.value.as<bool>();
  ask_second(id, x, is_true);
  if (verdict.status != Status::ok) return true;
  if (!is_true) {
    verdict = Verdict::skipped(id);
    return true;
  }
  if (is_early(region)) return false;
  verdict = copy(x);
  return true;
}

bool World::evaluate_or_else(InstanceId in, NodeId node, CellId id, Verdict& verdict) {
  const Region& region = region_of(in);
  const std::span<const NodeId> inputs = region.graph->inputs(node);
  const CellId y = source(in, inputs[1]);
  verdict = copy(source(in, inputs[0]));
  if (verdict.status == Status::active) return true;
  ask_second(id, y, verdict.status == Status::failed);
  if (verdict.status != Status::failed) return true;
  if (is_early(region)) return false;
  verdict = copy(y);
  return true;
}

void World::ask_second(CellId id, CellId input, bool asks) {
  if (cells[id].second == asks) return;
  cells[id].second = asks;
  if (asks)
    want(input);
  else
    unwant(input);
}

Verdict World::evaluate_advisory(InstanceId in, NodeId node, CellId id) {
  Verdict verdict = copy(source(in, region_of(in).graph->inputs(node)[0]));
  if (verdict.status == Status::active) return verdict;
  if (cells[id].status() == Status::ok) log(id, cells[id]);  // there may be another warning
  return Verdict::ok(unit);
}

Verdict World::evaluate_approve(InstanceId in, NodeId node, CellId id) {
  Verdict verdict = copy(source(in, region_of(in).graph->inputs(node)[0]));
  if (verdict.status != Status::ok) return verdict;
  if (jobs.is_approved(asker(id), verdict.value)) return verdict;
  return Verdict::active(id, Phase::awaiting_approval);
}

}  // namespace oche::detail::rounds
