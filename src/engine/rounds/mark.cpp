// mark.cpp - who must be evaluated in this round.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {

void World::mark(CellId id) {
  Cell& cell = cells[id];
  cell.dirty = true;
  if (is_asked_for(cell) && !cell.queued)
    enqueue(region_of(cell.owner), cell, cell.owner, node_of(id));
}

void World::mark(InstanceId in, NodeId node) {
  Cell& cell = cells[cell_of(in, node)];
  cell.dirty = true;
  if (is_asked_for(cell) && !cell.queued) enqueue(region_of(in), cell, in, node);
}

void World::enqueue_around(Region& region, InstanceId in, NodeId node) {
  if (!region.layout.place.empty())
    if (const TemplateId of = instances[in].of; of != 0)
      region.waiting[of][region.layout.place[node]].instances.push_back(in);
  const Position position = region.position(node);
  region.dirty[position >> 32].set(static_cast<NodeId>(position));
  region.cursor = std::min(region.cursor, position);
  // A hole is evaluated when something in it must be, unless it is this very moment.
  if (region.hole != no_cell && !region.is_open) mark(region.hole);
}

}  // namespace oche::detail::rounds
