// wanted.cpp - who asks for whom.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

// A cell asks for what it reads as long as it is wanted itself. What only_if, or_else, lists and
// holes
// ask for beyond their first input is decided when they are evaluated and kept with them; when they
// are no longer wanted they do not ask, but remember, so that what is given up and taken up again
// in
// one round is as it was. Only what is unwanted when the round ends forgets, and leaves its job.
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
    log(id, cell);
    if (cell.dirty && !cell.queued) enqueue(region_of(cell.owner), cell, cell.owner, node_of(id));
    each_asked(id, [this](CellId input) { gaining_.push_back(input); });
  }
}

void World::unwant(CellId first) {
  losing_.push_back(first);
  while (!losing_.empty()) {
    const CellId id = losing_.back();
    losing_.pop_back();
    Cell& cell = cells[id];
    if (--cell.wants != 0) continue;
    log(id, cell);
    unwanted_.push_back(id);
    each_asked(id, [this](CellId input) { losing_.push_back(input); });
  }
}

/// Calls `visit` with the cells that a wanted cell asks for.
template <class F>
void World::each_asked(CellId id, F visit) {
  const Cell& cell = cells[id];
  const InstanceId in = cell.owner;
  const NodeId node = node_of(id);
  const Graph& of = *region_of(in).graph;
  std::span<const NodeId> inputs = of.inputs(node);
  switch (const Kind kind = of.kind(node)) {
    case Kind::only_if:
    case Kind::or_else:
      if (!cell.second) inputs = inputs.first(1);
      break;
    case Kind::expand:
      if (const ListSide& list = *lists[cell.side]; list.asks)
        list.order.each(0, [&](InstanceId item) {
          if (instances[item].asks) visit(body_of(item));
          return true;
        });
      break;
    case Kind::dynamic:
      if (const HoleSide& hole = *holes[cell.side]; hole.asks) {
        const Region& region = *regions[hole.region];
        visit(source(region.top, region.graph->root()));
      }
      break;
    default:
      if (is_list(kind)) inputs = inputs.first(1);
      break;
  }
  for (const NodeId input : inputs)
    visit(source(in, input));
}

std::vector<CellId> World::reads(CellId id) {
  std::vector<CellId> found;
  const Instance& in = instances[cells[id].owner];
  const Graph& of = graph_of(id);
  if (of.kind(node_of(id)) == Kind::item && in.of != 0) {
    const NodeId expand = of.templates()[in.of].expand;
    found.push_back(source(in.parent, of.inputs(expand)[0]));
    return found;
  }
  each_asked(id, [&](CellId input) { found.push_back(input); });
  return found;
}

std::vector<CellId> World::inputs(CellId id) const {
  const InstanceId in = cells[id].owner;
  const NodeId node = node_of(id);
  const Graph& of = graph_of(id);
  std::span<const NodeId> all = of.inputs(node);
  if (is_list(of.kind(node))) all = all.first(1);  // the other one stands in the template
  std::vector<CellId> found;
  for (const NodeId input : all)
    found.push_back(source(in, input));
  if (of.kind(node) == Kind::expand) push_read_by_items(in, node, found);
  return found;
}

/// What the items of a list read of what stands around it, whether there are any yet or not.
void World::push_read_by_items(InstanceId in, NodeId expand, std::vector<CellId>& found) const {
  const Graph& of = *region_of(in).graph;
  std::vector<bool> is_inside(of.templates().size());
  const auto push = [&](NodeId node) {
    if (!is_inside[of.template_of(node)]) found.push_back(source(in, node));
  };
  const TemplateId own = of.owned_template(expand);
  is_inside[own] = true;
  push(of.templates()[own].body);
  for (TemplateId t = own; t < is_inside.size(); ++t) {  // outer ones come first
    const Template& one = of.templates()[t];
    if (t != own && !is_inside[one.parent]) continue;
    is_inside[t] = true;
    for (const NodeId node : one.nodes)
      for (const NodeId input : of.inputs(node))
        // Of a list in it the body is looked at there, where it may be the first to be inside.
        if (!(is_list(of.kind(node)) && input == of.inputs(node)[1])) push(input);
  }
  for (TemplateId t = own + 1; t < is_inside.size(); ++t)
    if (is_inside[t]) push(of.templates()[t].body);
}

void World::ask_for_items(ListSide& list) {
  if (list.asks) return;
  list.asks = true;
  list.order.each(0, [&](InstanceId item) {
    ask_for_item(item);
    return true;
  });
}

void World::ask_for_item(InstanceId item) {
  if (instances[item].asks) return;
  instances[item].asks = true;
  want(body_of(item));
}

void World::end_unwanted() {
  for (const CellId id : unwanted_)
    if (is_alive(id) && cells[id].wants == 0) forget(id);
  unwanted_.clear();
}

void World::forget(CellId id) {
  Cell& cell = cells[id];
  const Asker who = asker(id);
  switch (who.graph->kind(who.node)) {
    case Kind::step:
    case Kind::command:
      if (cell.asked == Asked::no) return;
      cell.asked = Asked::no;
      jobs.leave(who, false);
      break;
    case Kind::input:
      if (cell.asked == Asked::no) return;
      cell.asked = Asked::no;
      jobs.leave_input(who);
      break;
    case Kind::only_if:
    case Kind::or_else:
      if (!cell.second) return;
      cell.second = false;
      break;
    case Kind::expand: {
      ListSide& list = *lists[cell.side];
      if (!std::exchange(list.asks, false)) return;
      list.is_known = false;
      list.is_current = true;
      list.order.each(0, [&](InstanceId item) {
        instances[item].asks = false;
        return true;
      });
      break;
    }
    case Kind::dynamic: {
      HoleSide& hole = *holes[cell.side];
      if (hole.region == nothing && !hole.is_built) return;
      hole.asks = hole.is_known = false;
      hole.is_current = true;
      if (hole.error) hole.is_built = false;  // what it did not keep is tried again
      break;
    }
    case Kind::state_of:
      watch_phase(id, no_cell);
      break;
    case Kind::approve:
    case Kind::fold:
      break;
    default:
      return;
  }
  cell.dirty = true;  // it decides or asks anew when it is wanted again
}

}  // namespace oche::detail::rounds
