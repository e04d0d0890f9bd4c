// commit.cpp - puts an outcome into its cell, and tells those who read it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {
namespace {

bool same(const BlamePtr& a, const BlamePtr& b) {
  if (a.get() == b.get()) return true;
  return a->more == b->more && a->causes == b->causes &&
         (a->failure == b->failure || *a->failure == *b->failure);
}

/// Equal as far as readers can tell; the phase is looked up at the origin.
bool same(const Cell& cell, const Verdict& verdict) {
  if (cell.status() != verdict.status) return false;
  switch (verdict.status) {
    case Status::ok:
      return equal(cell.value(), verdict.value);
    case Status::failed:
      return cell.origin == verdict.origin && same(cell.blame(), verdict.blame);
    default:
      return cell.origin == verdict.origin;
  }
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

void World::commit(InstanceId in, NodeId node, CellId id, Verdict&& verdict) {
  Cell& cell = cells[id];
  if (cell.stale != verdict.stale) {
    cell.stale = verdict.stale;
    log(id);
  }
  if (same(cell, verdict)) {
    if (verdict.status != Status::active || verdict.origin != id || cell.phase == verdict.phase)
      return;
    cell.phase = verdict.phase;
    log(id);
    if (!cell.watched) return;
    if (const auto watchers = phase_watchers_.find(id); watchers != phase_watchers_.end())
      for (const CellId watcher : watchers->second)
        mark(watcher);
    return;
  }
  const Status was = cell.status();
  cell.set(std::move(verdict));
  log(id);
  spread(in, node, was, cell.status());
}

void World::spread(InstanceId in, NodeId node, Status was, Status now) {
  const Region& region = region_of(in);
  const Graph& of = *region.graph;
  // Behind an alias there may be nodes that stand for others outside.
  const auto is_used = [&](NodeId reader) {
    return region.alias.empty() || region.is_reached[reader];
  };
  if (region.layout.place.empty()) {
    for (const Reader& reader : of.readers(node))
      if (is_used(reader.node)) notify(in, reader, was, now);
  } else {
    const TemplateId here = of.template_of(node);
    const Template& own = of.templates()[here];
    for (const Reader& reader : of.readers(node)) {
      const TemplateId there = of.template_of(reader.node);
      if (!is_used(reader.node)) continue;
      if (there == here) {
        notify(in, reader, was, now);
      } else if (here != 0 && reader.node == own.collect) {
        const Instance& item = instances[in];
        lists[item.list]->order.reclass(in, was, now);
        mark(item.parent, reader.node);
      } else {
        below(in, here, there, [&](InstanceId inner) { notify(inner, reader, was, now); });
      }
    }
  }
  const CellId id = cell_of(in, node);
  if (!cells[id].aliased) return;
  const auto aliases = aliases_.find(id);
  if (aliases == aliases_.end()) return;
  for (const Alias& alias : aliases->second) {
    const Region& hole = *regions[alias.region];
    if (holes[cells[hole.hole].side]->region != alias.region) continue;  // given up in this round
    spread(hole.top, alias.node, was, now);
    if (alias.node == hole.graph->root()) mark(hole.hole);
  }
}

/// What a node does not ask for, it does not look at.
bool World::asks_for_second(InstanceId in, NodeId node, CellId id) const {
  const Graph& of = *region_of(in).graph;
  const Kind kind = of.kind(node);
  if (kind == Kind::only_if || kind == Kind::or_else) return cells[id].second;
  if (!is_list(kind)) return true;
  return lists[cells[cell_of(in, of.inputs(node)[0])].side]->order.size() != 0;
}

void World::notify(InstanceId in, Reader reader, Status was, Status now) {
  const CellId id = cell_of(in, reader.node);
  if (reader.position == 1 && !asks_for_second(in, reader.node, id)) return;
  if (const std::uint32_t side = cells[id].side; side != nothing && was != now) {
    const Kind kind = region_of(in).graph->kind(reader.node);
    if (has_tally(kind) && reader.position >= first_combined(kind))
      tallies[side]->move(reader.position, was, now);
  }
  mark(in, reader.node);
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
