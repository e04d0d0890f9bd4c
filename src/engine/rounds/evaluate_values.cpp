// evaluate_values.cpp - known values, functions of values, and outcomes looked at as values.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"
#include <oche/base/error.hpp>

#include <algorithm>
#include <cassert>

namespace oche::detail::rounds {

const void* World::address(CellId id) const {
  // Who takes a Unit does not look; but a null would say that there is no value.
  const Value& value = cells[id].value();
  return value ? value.data() : unit.data();
}

/// Fills `addresses_`; false at the first input that is not ok.
bool World::take_arguments(const Region& region, InstanceId in, NodeId node) {
  const std::span<const NodeId> inputs = region.graph->arrays().inputs_of(node);
  addresses_.resize(inputs.size());
  const void** next = addresses_.data();
  for (const NodeId input : inputs) {
    const Cell& cell = cells[source(region, in, input)];
    if (cell.status() != Status::ok) return false;
    *next++ = cell.value() ? cell.value().data() : unit.data();
  }
  return true;
}

Verdict World::evaluate_constant(InstanceId in, NodeId node, CellId id) {
  const Graph& of = *region_of(in).graph;
  const void* const payload = of.term(node).payload;
  switch (of.kind(node)) {
    case Kind::constant:
      return Verdict::ok(*static_cast<const Value*>(payload));
    case Kind::failed:
      return fail(id, node, *static_cast<const Failure*>(payload));
    default:
      return Verdict::active(id, *static_cast<const Phase*>(payload));
  }
}

Verdict World::evaluate_call(const Region& region, InstanceId in, NodeId node, CellId id) {
  Verdict verdict;
  // Where there are many inputs, their tally knows at once.
  if (cells[id].side != nothing && is_blocked(in, node, id, Rule::values, verdict)) return verdict;
  if (!take_arguments(region, in, node)) {
    const bool blocked = is_blocked(in, node, id, Rule::values, verdict);
    assert(blocked);
    static_cast<void>(blocked);
    return verdict;
  }
  // A map that nobody reads still has to be tried: it may throw.
  if (!region.layout.needed[node] && region.graph->arrays().kinds[node] != Kind::map)
    return Verdict::ok(unit);
  const Callee callee = region.layout.callee_of(*region.graph, node);
  const void* const closure =
      callee.is_stateless ? unit.data() : region.graph->arrays().terms[node]->payload;
  try {
    return Verdict::ok(Value::make_in_place(*callee.type, [&](void* at) {
      callee.call(closure, addresses_.data(), addresses_.size(), at);
      return true;
    }));
  } catch (...) {
    return fail_by_throw(id, node);
  }
}

// Half of what a sweep over functions of numbers costs is otherwise memory, given back and taken
// again.
bool World::renew(Region& region, InstanceId in, NodeId node, CellId id) {
  const Layout& layout = region.layout;
  const Callee& callee = layout.callees[layout.callee[node]];
  Cell& cell = cells[id];
  if (!callee.is_number || cell.status() != Status::ok) return false;
  Value& value = cell.own_value();
  if (!value.is_sole() || &value.type() != callee.type || !take_arguments(region, in, node))
    return false;
  const GraphArrays& of = region.graph->arrays();
  const void* const closure = callee.is_stateless ? unit.data() : of.terms[node]->payload;
  alignas(std::uint64_t) std::byte number[sizeof(std::uint64_t)];
  try {
    callee.call(closure, addresses_.data(), addresses_.size(), number);
  } catch (...) {
    commit(region, in, node, id, fail_by_throw(id, node));
    return true;
  }
  if (!value.overwrite(number)) return true;
  log(id, cell);
  spread(region, in, node, Status::ok, Status::ok);
  if (cell.aliased) spread_into_holes(id, Status::ok, Status::ok);
  return true;
}

Verdict World::evaluate_map_error(InstanceId in, NodeId node, CellId id) {
  const Graph& of = *region_of(in).graph;
  Verdict verdict = copy(source(in, of.inputs(node)[0]));
  if (verdict.status != Status::failed) return verdict;
  const Node& term = of.term(node);
  const void* const failure = verdict.blame->failure.get();
  try {
    alignas(Failure) unsigned char room[sizeof(Failure)];
    term.operation->call(term.payload, &failure, 1, room);
    Failure* const made = std::launder(reinterpret_cast<Failure*>(room));
    Verdict own = fail(id, node, std::move(*made));
    made->~Failure();
    return own;
  } catch (...) {
    return fail_by_throw(id, node);
  }
}

Verdict World::evaluate_attempt(InstanceId in, NodeId node, CellId id) {
  const Region& region = region_of(in);
  const CellId input = source(in, region.graph->inputs(node)[0]);
  Verdict verdict = copy(input);
  if (verdict.status != Status::ok && verdict.status != Status::failed) return verdict;
  // Then nobody has made the value of `x` either.
  if (!region.layout.needed[node]) return Verdict::ok(unit);
  const void* arguments[2] = {nullptr, nullptr};
  Failure failure;
  if (verdict.status == Status::ok) {
    arguments[0] = address(input);
  } else {
    failure = *verdict.blame->failure;
    // Whether `x` failed itself or was blocked.
    if (verdict.origin != input) failure.facts.push_back({"upstream", path_of(verdict.origin)});
    arguments[1] = &failure;
  }
  const Node& term = region.graph->term(node);
  try {
    return Verdict::ok(Value::make_in_place(*term.type, [&](void* at) {
      term.operation->call(term.payload, arguments, 2, at);
      return true;
    }));
  } catch (...) {
    return fail_by_throw(id, node);
  }
}

Verdict World::evaluate_state_of(InstanceId in, NodeId node, CellId id) {
  const Region& region = region_of(in);
  if (!region.layout.needed[node]) return Verdict::ok(unit);
  const CellId input = source(in, region.graph->inputs(node)[0]);
  const Verdict state = copy(input);
  watch_phase(id, state.status == Status::active ? state.origin : no_cell);
  const void* arguments[4] = {nullptr, nullptr, nullptr, nullptr};
  Skipped skipped;
  switch (state.status) {
    case Status::ok:
      arguments[0] = address(input);
      break;
    case Status::failed:
      arguments[1] = state.blame->failure.get();
      break;
    case Status::skipped:
      skipped.reason = reason_of(state.origin);
      arguments[3] = &skipped;
      break;
    default:
      arguments[2] = &state.phase;
      break;
  }
  const Node& term = region.graph->term(node);
  try {
    return Verdict::ok(Value::make_in_place(*term.type, [&](void* at) {
      term.operation->call(term.payload, arguments, 4, at);
      return true;
    }));
  } catch (...) {
    return fail_by_throw(id, node);
  }
}

void World::watch_phase(CellId id, CellId origin) {
  // The cell's side says whom it watches.
  Cell& cell = cells[id];
  if (cell.side == origin) return;
  if (cell.side != no_cell) {
    const auto known = phase_watchers_.find(cell.side);
    std::erase(known->second, id);
    if (known->second.empty()) {
      cells[cell.side].watched = false;
      phase_watchers_.erase(known);
    }
  }
  cell.side = origin;
  if (origin == no_cell) return;
  phase_watchers_[origin].push_back(id);
  cells[origin].watched = true;
}

}  // namespace oche::detail::rounds
