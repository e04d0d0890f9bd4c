// places.cpp - which cell stands for a node, and what is around it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {

CellId World::cell_of(InstanceId in, NodeId node) const {
  const Instance& instance = instances[in];
  if (instance.of == 0) return instance.base + node;
  return instance.base + regions[instance.region]->layout.place[node];
}

CellId World::source_around(const Region& region, InstanceId in, NodeId node) const {
  if (!region.alias.empty() && region.alias[node] != no_cell) return region.alias[node];
  if (region.layout.place.empty()) return region.base + node;
  const TemplateId of = region.graph->template_of(node);
  if (of == 0) return region.base + node;
  while (instances[in].of != of)
    in = instances[in].parent;
  return instances[in].base + region.layout.place[node];
}

NodeId World::node_of(CellId id) const {
  const Instance& instance = instances[cells[id].owner];
  if (instance.of == 0) return id - instance.base;
  return regions[instance.region]->graph->templates()[instance.of].nodes[id - instance.base];
}

const Graph& World::graph_of(CellId id) const { return *region_of(cells[id].owner).graph; }

bool World::is_alive(CellId id) const {
  return id < cells.size() && cells[id].owner != nothing && instances[cells[id].owner].is_live;
}

bool World::may_start(InstanceId in) const {
  for (;;) {
    const Instance& instance = instances[in];
    if (instance.list != nothing) {
      if (!lists[instance.list]->is_current) return false;
      in = instance.parent;
      continue;
    }
    const CellId hole = regions[instance.region]->hole;
    if (hole == no_cell) return true;
    if (!holes[cells[hole].side]->is_current) return false;
    in = cells[hole].owner;
  }
}

Asker World::asker(CellId id) const {
  return {id, node_of(id), &graph_of(id), may_start(cells[id].owner)};
}

Phase World::phase(CellId id) const {
  const Cell& cell = cells[id];
  if (cell.status() != Status::active || cell.origin() == id) return cell.phase;
  return cells[cell.origin()].phase;
}

}  // namespace oche::detail::rounds
