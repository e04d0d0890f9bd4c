// wanted.cpp - who asks for whom.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

// A cell asks for what it reads as long as it is wanted itself. Counts may rise and fall within a
// round; only what is unwanted when the round ends loses its job (`end_unwanted`).
// Invariant: `wants` of a cell is the number of wanted cells that ask for it, plus one for a root.
// Cost: what begins or stops to be wanted, and its inputs.

namespace oche::detail::rounds {

void World::want(CellId first) {
  gaining_.push_back(first);
  while (!gaining_.empty()) {
    const CellId id = gaining_.back();
    gaining_.pop_back();
    Cell& cell = cells[id];
    if (cell.wants++ != 0) continue;
    log(id);
    const InstanceId in = cell.owner;
    const NodeId node = node_of(id);
    if (cell.dirty && !cell.queued) enqueue(id, in, node);
    const Graph& of = *region_of(in).graph;
    std::span<const NodeId> inputs = of.inputs(node);
    // What else these ask for is decided when they are evaluated.
    const Kind kind = of.kind(node);
    if (kind == Kind::only_if || kind == Kind::or_else || is_list(kind)) inputs = inputs.first(1);
    for (const NodeId input : inputs) gaining_.push_back(source(in, input));
  }
}

void World::unwant(CellId first) {
  losing_.push_back(first);
  while (!losing_.empty()) {
    const CellId id = losing_.back();
    losing_.pop_back();
    Cell& cell = cells[id];
    if (--cell.wants != 0) continue;
    log(id);
    const InstanceId in = cell.owner;
    const NodeId node = node_of(id);
    const Graph& of = *region_of(in).graph;
    std::span<const NodeId> inputs = of.inputs(node);
    switch (const Kind kind = of.kind(node)) {
      case Kind::only_if:
      case Kind::or_else:
        if (cell.second) {
          losing_.push_back(source(in, inputs[1]));
          cell.second = false;
          cell.dirty = true;  // it decides again when it is wanted again
        }
        inputs = inputs.first(1);
        break;
      case Kind::expand:
        if (ListSide& list = *lists[cell.side]; list.asks) {
          ask_for_items(list, false);
          cell.dirty = true;
        }
        break;
      case Kind::dynamic:
        if (HoleSide& hole = *holes[cell.side]; hole.asks) {
          const Region& region = *regions[hole.region];
          losing_.push_back(source(region.top, region.graph->root()));
          hole.asks = false;
          cell.dirty = true;
        }
        break;
      case Kind::step:
      case Kind::command:
      case Kind::input: unwanted_.push_back(id); break;
      case Kind::approve:
      case Kind::fold: cell.dirty = true; break;
      case Kind::state_of:
        watch_phase(id, no_cell);
        cell.dirty = true;
        break;
      default:
        if (is_list(kind)) inputs = inputs.first(1);
        break;
    }
    for (const NodeId input : inputs) losing_.push_back(source(in, input));
  }
}

void World::ask_for_items(ListSide& list, bool asks) {
  if (list.asks == asks) return;
  list.asks = asks;
  list.order.each(0, [&](InstanceId item) {
    if (asks) {
      ask_for_item(item);
    } else if (instances[item].asks) {
      instances[item].asks = false;
      losing_.push_back(body_of(item));
    }
    return true;
  });
}

void World::ask_for_item(InstanceId item) {
  if (instances[item].asks) return;
  instances[item].asks = true;
  want(body_of(item));
}

void World::end_unwanted() {
  for (const CellId id : unwanted_) {
    Cell& cell = cells[id];
    if (cell.wants != 0 || cell.asked == Asked::no) continue;
    cell.asked = Asked::no;
    cell.dirty = true;
    const Asker who = asker(id);
    if (who.graph->kind(who.node) == Kind::input) jobs.leave_input(who);
    else jobs.leave(who, false);
  }
  unwanted_.clear();
}

}  // namespace oche::detail::rounds
