// states.cpp - the state that viewers see of a cell, and how many cells are in which.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {
namespace {

State state_of_phase(Phase phase) {
  switch (phase) {
    case Phase::ready:
      return State::ready;
    case Phase::running:
      return State::running;
    case Phase::awaiting_approval:
      return State::awaiting_approval;
  }
  return State::ready;
}

bool is_active(State state) {
  return state == State::ready || state == State::running || state == State::awaiting_approval;
}

}  // namespace

State World::state_of(CellId id) const {
  const Cell& cell = cells[id];
  if (cell.wants == 0) return State::not_wanted;
  switch (cell.status()) {
    case Status::unborn:
      return State::not_wanted;
    case Status::ok:
      return State::ok;
    case Status::skipped:
      return cell.origin() == id ? State::skipped : State::blocked;
    case Status::active:
      return cell.origin() == id ? state_of_phase(cell.phase) : State::blocked;
    case Status::failed:
      return cell.origin() == id ? state_of_failure(cell.blame()->failure->kind) : State::blocked;
  }
  return State::not_wanted;
}

void World::count_states() {
  std::size_t kept = 0;
  for (const CellId id : changed) {
    Cell& cell = cells[id];
    if (!cell.logged) continue;  // it went in this round
    cell.logged = false;
    changed[kept++] = id;
    if (cell.status() == Status::ok && cell.shown == State::ok && cell.wants != 0) continue;
    const State now = state_of(id);
    if (now == cell.shown) continue;
    count(id, cell.shown, false);
    count(id, now, true);
    cell.shown = now;
  }
  changed.resize(kept);
}

void World::count(CellId id, State state, bool more) {
  const auto add = [more](std::uint32_t& number) { number = more ? number + 1 : number - 1; };
  if (is_active(state))
    add(activity[static_cast<std::size_t>(state) - static_cast<std::size_t>(State::ready)]);
  if (!is_job(graph_of(id).kind(node_of(id)))) return;
  add(counts[static_cast<std::size_t>(state)]);
  add(group_counts[group_of(id)][static_cast<std::size_t>(state)]);
}

void World::count_new(CellId id, NodeId) { count(id, State::not_wanted, true); }

void World::uncount(CellId id) {
  const InstanceId in = cells[id].owner;
  const Region& region = region_of(in);
  const NodeId node = node_of(id);
  // At the top level there are cells for nodes of templates too; nobody uses those.
  if (region.graph->template_of(node) != instances[in].of) return;
  if (!region.alias.empty() && !region.is_reached[node]) return;
  count(id, cells[id].shown, false);
}

GroupId World::group_of(CellId id) const {
  const Region& region = region_of(cells[id].owner);
  return region.hole == no_cell ? graph.group(node_of(id)) : region.group;
}

std::string_view World::reason_of(CellId origin) const {
  const std::string_view label = graph_of(origin).label(node_of(origin));
  return label.empty() ? "the condition is false" : label;
}

CellOutcome World::outcome(CellId id) const {
  const Cell& cell = cells[id];
  CellOutcome seen;
  seen.status = cell.status();
  seen.wanted = cell.wants != 0;
  seen.stale = seen.status == Status::ok && (cell.stale || !may_start(cell.owner));
  if (seen.status != Status::ok && seen.status != Status::unborn) seen.origin = cell.origin();
  if (seen.status == Status::ok) seen.value = cell.value();
  if (seen.status == Status::active && is_alive(cell.origin())) seen.phase = phase(id);
  if (seen.status == Status::failed) seen.failure = cell.blame()->failure;
  if (seen.status == Status::skipped && is_alive(cell.origin()))
    seen.reason = reason_of(cell.origin());
  return seen;
}

std::string World::text(CellId id) const {
  const Cell& cell = cells[id];
  if (cell.wants == 0) return {};
  switch (cell.status()) {
    case Status::failed:
      return cell.blame()->failure->what;
    case Status::skipped:
      return std::string(reason_of(cell.origin()));
    case Status::active:
      if (phase(id) == Phase::awaiting_approval)
        return std::string(graph_of(cell.origin()).label(node_of(cell.origin())));
      return {};
    case Status::ok:
      if (const Graph& of = graph_of(id); of.kind(node_of(id)) == Kind::advisory)
        if (const Cell& input = cells[source(cell.owner, of.inputs(node_of(id))[0])];
            input.status() == Status::failed)
          return input.blame()->failure->what;
      return {};
    case Status::unborn:
      return {};
  }
  return {};
}

std::vector<CellId> World::failed_cells() const {
  std::vector<CellId> found;
  std::vector<CellId> left{graph.root()};
  std::unordered_map<CellId, bool> seen;
  std::vector<CellId> inputs;
  while (!left.empty()) {
    const CellId id = left.back();
    left.pop_back();
    if (cells[id].status() != Status::failed || !seen.try_emplace(id, true).second) continue;
    if (cells[id].origin() == id) {
      found.push_back(id);
      continue;
    }
    inputs.clear();
    push_failed_inputs(id, inputs);
    left.insert(left.end(), inputs.rbegin(), inputs.rend());
  }
  return found;
}

void World::push_failed_inputs(CellId id, std::vector<CellId>& out) const {
  const InstanceId in = cells[id].owner;
  const Region& region = region_of(in);
  const NodeId node = node_of(id);
  const Kind kind = region.graph->kind(node);
  const std::span<const NodeId> inputs = region.graph->inputs(node);
  const auto push = [&](CellId input) {
    if (cells[input].status() == Status::failed) out.push_back(input);
  };
  if (is_list(kind)) {
    push(source(in, inputs[0]));
    if (!out.empty()) return;
    const ListSide& list = *lists[cells[source(in, inputs[0])].side];
    if (has_outer_body(list))
      push(source(in, inputs[1]));
    else
      list.order.each_of(Status::failed, [&](InstanceId item) {
        push(body_of(item));
        return true;
      });
  } else if (kind == Kind::dynamic) {
    push(source(in, inputs[0]));
    const HoleSide& hole = *holes[cells[id].side];
    if (out.empty() && hole.region != nothing)
      push(source(regions[hole.region]->top, regions[hole.region]->graph->root()));
  } else if (kind == Kind::gate) {
    for (const NodeId control : inputs.subspan(1))
      push(source(in, control));
    if (out.empty()) push(source(in, inputs[0]));
  } else if (kind == Kind::or_else) {
    push(source(in, inputs[1]));
  } else {
    for (const NodeId input : inputs)
      push(source(in, input));
  }
}

}  // namespace oche::detail::rounds
