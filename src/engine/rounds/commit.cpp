// commit.cpp - puts an outcome into its cell, and tells those who read it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {
namespace {

bool same_text(const Blame& a, const Blame& b) {
  return a.failure == b.failure || *a.failure == *b.failure;
}

bool same(const Blame& a, const Blame& b) {
  return &a == &b || (a.more == b.more && a.causes == b.causes && same_text(a, b));
}

bool has_tally(Kind kind) {
  switch (kind) {
    case Kind::map:
    case Kind::zip:
    case Kind::collect:
    case Kind::all:
    case Kind::gate:
    case Kind::step:
    case Kind::command:
      return true;
    default:
      return false;
  }
}

}  // namespace

/// Equal as far as readers can tell; the phase is looked up at the origin.
bool World::is_same(const Cell& cell, const Verdict& verdict) const {
  if (cell.status() != verdict.status) return false;
  switch (verdict.status) {
    case Status::ok:
      return equal(cell.value(), verdict.value);
    case Status::failed:
      if (is_planted(Bug::stale_cause)) return same_text(*cell.blame(), *verdict.blame);
      return same(*cell.blame(), *verdict.blame);
    default:
      return cell.origin() == verdict.origin;
  }
}

void World::commit(Region& region, InstanceId in, NodeId node, CellId id, Verdict&& verdict) {
  Cell& cell = cells[id];
  if (cell.stale != verdict.stale) {
    cell.stale = verdict.stale;
    log(id, cell);
  }
  if (is_same(cell, verdict)) {
    if (verdict.status != Status::active || verdict.origin != id || cell.phase == verdict.phase)
      return;
    cell.phase = verdict.phase;
    log(id, cell);
    if (!cell.watched) return;
    if (const auto watchers = phase_watchers_.find(id); watchers != phase_watchers_.end())
      for (const CellId watcher : watchers->second)
        mark(watcher);
    return;
  }
  const Status was = cell.status();
  cell.set(std::move(verdict));
  log(id, cell);
  spread(region, in, node, was, cell.status());
  if (cell.aliased) spread_into_holes(id, was, cell.status());
}

// Here, where its compiler sees it: it is called for each reader of what changed.
inline void World::notify(Region& region, InstanceId in, Reader reader, CellId id, Status was,
                          Status now) {
  if (reader.position == 1 && !asks_for_second(region, in, reader.node, id)) return;
  Cell& cell = cells[id];
  if (was != now && cell.side != nothing) {
    const Kind kind = region.graph->arrays().kinds[reader.node];
    if (has_tally(kind) && reader.position >= first_combined(kind))
      tallies[cell.side]->move(reader.position, was, now);
  }
  cell.dirty = true;
  if (is_asked_for(cell) && !cell.queued) enqueue(region, cell, in, reader.node);
}

void World::spread(Region& region, InstanceId in, NodeId node, Status was, Status now) {
  const GraphArrays& of = region.graph->arrays();
  if (region.is_flat()) {
    for (const Reader& reader : of.readers_of(node))
      notify(region, in, reader, region.base + reader.node, was, now);
    return;
  }
  const TemplateId here = region.graph->template_of(node);
  const Template& own = of.templates[here];
  for (const Reader& reader : of.readers_of(node)) {
    // Behind an alias there may be nodes that stand for others outside.
    if (!region.alias.empty() && !region.is_reached[reader.node]) continue;
    const TemplateId there = region.graph->template_of(reader.node);
    if (there == here) {
      notify(region, in, reader, cell_of(in, reader.node), was, now);
    } else if (here != 0 && reader.node == own.collect) {
      const Instance& item = instances[in];
      ListSide& list = *lists[item.list];
      list.order.forget_result(in);
      list.order.reclass(in, was, now);
      mark(item.parent, reader.node);
    } else {
      below(in, here, there, [&](InstanceId inner) {
        notify(region, inner, reader, cell_of(inner, reader.node), was, now);
      });
    }
  }
}

void World::spread_into_holes(CellId id, Status was, Status now) {
  const auto aliases = aliases_.find(id);
  if (aliases == aliases_.end()) return;
  for (const Alias& alias : aliases->second) {
    Region& hole = *regions[alias.region];
    if (holes[cells[hole.hole].side]->region != alias.region) continue;  // given up in this round
    spread(hole, hole.top, alias.node, was, now);
    if (alias.node == hole.graph->root()) mark(hole.hole);
  }
}

/// What a node does not ask for, it does not look at.
bool World::asks_for_second(const Region& region, InstanceId in, NodeId node, CellId id) const {
  const GraphArrays& of = region.graph->arrays();
  const Kind kind = of.kinds[node];
  if (kind == Kind::only_if || kind == Kind::or_else) return cells[id].second;
  if (!is_list(kind)) return true;
  return lists[cells[cell_of(in, of.inputs_of(node)[0])].side]->order.size() != 0;
}

template <class F>
void World::below(InstanceId in, TemplateId from, TemplateId to, F visit) {
  const Graph& of = *region_of(in).graph;
  const std::span<const Template> templates = of.templates();
  std::vector<TemplateId> way;  // from the inside out
  for (TemplateId at = to; at != from; at = templates[at].parent)
    way.push_back(at);
  std::vector<InstanceId> outer{in};
  std::vector<InstanceId> inner;
  for (; !way.empty(); way.pop_back()) {
    inner.clear();
    for (const InstanceId one : outer)
      lists[cells[cell_of(one, templates[way.back()].expand)].side]->order.each(
          0, [&](InstanceId item) {
            inner.push_back(item);
            return true;
          });
    outer.swap(inner);
  }
  for (const InstanceId one : outer)
    visit(one);
}

}  // namespace oche::detail::rounds
