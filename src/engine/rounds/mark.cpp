// mark.cpp - who must be evaluated in this round.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

#include <algorithm>

namespace oche::detail::rounds {

void World::mark(CellId id) {
  Cell& cell = cells[id];
  cell.dirty = true;
  if (cell.wants != 0 && !cell.queued) enqueue(id, cell.owner, node_of(id));
}

void World::mark(InstanceId in, NodeId node) {
  const CellId id = cell_of(in, node);
  Cell& cell = cells[id];
  cell.dirty = true;
  if (cell.wants != 0 && !cell.queued) enqueue(id, in, node);
}

void World::enqueue(CellId id, InstanceId in, NodeId node) {
  cells[id].queued = true;
  const Instance& instance = instances[in];
  Region& region = *regions[instance.region];
  if (instance.of != 0)
    region.waiting[instance.of][region.layout.place[node]].instances.push_back(in);
  const Position position = region.position(node);
  region.dirty[position >> 32].set(node);
  region.cursor = std::min(region.cursor, position);
  // A hole is evaluated when something in it must be, unless it is this very moment.
  if (region.hole != no_cell && !region.is_open) mark(region.hole);
}

void World::log(CellId id) {
  Cell& cell = cells[id];
  if (cell.logged) return;
  cell.logged = true;
  changed.push_back(id);
}

}  // namespace oche::detail::rounds
