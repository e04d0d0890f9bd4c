// order.cpp - moves holes behind what they read.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"
#include <oche/base/error.hpp>

#include <algorithm>

// Goal: E1 for holes too. A graph's numbers put inputs before readers, but what a hole's function
// captured is known only when it has built something, and may have a larger number than the hole.
// So nodes are evaluated by level first, then by number. All levels are 0 at first; a hole that
// reads
// a node which does not stand before it is raised to that node's level, or one above where the
// number
// is larger, and so is all that follows from the hole. The hole then waits for its new place.
// Levels only rise. They are finite: what a function captures existed before its hole, so holes
// cannot
// read each other, unless through a variable that was assigned later, which is refused.
// Cost: what follows from the hole, once for each level that it rises.

namespace oche::detail::rounds {

void World::order_after_aliases(const Region& region) {
  for (NodeId alias = 0; alias < region.graph->size(); ++alias) {
    const CellId outside = region.alias[alias];
    if (outside == no_cell || !is_read(region, alias)) continue;
    const RegionId around = instances[cells[outside].owner].region;
    CellId hole = region.hole;
    while (instances[cells[hole].owner].region != around)
      hole = region_of(cells[hole].owner).hole;
    Region& outer = *regions[around];
    const NodeId node = node_of(outside);
    const NodeId reader = node_of(hole);
    std::vector<NodeId>& readers = outer.read_by_holes[node];
    if (std::find(readers.begin(), readers.end(), reader) == readers.end())
      readers.push_back(reader);
    const std::uint32_t level = outer.levels.empty() ? 0 : outer.levels[node];
    raise(outer, reader, node < reader ? level : level + 1);
  }
}

void World::raise(Region& region, NodeId first, std::uint32_t least) {
  const Graph& of = *region.graph;
  if (least == 0) return;
  if (region.levels.empty()) region.levels.resize(of.size());
  std::vector<std::pair<NodeId, std::uint32_t>> left{{first, least}};
  while (!left.empty()) {
    const auto [node, level] = left.back();
    left.pop_back();
    std::uint32_t& own = region.levels[node];
    if (own >= level) continue;
    if (level > region.layout.holes)
      throw Error(Failure{.what = "the functions of two holes returned terms that read each other",
                          .hint = "build what follows from a hole outside, from what `dynamic` "
                                  "returns"});
    while (region.dirty.size() <= level)
      region.dirty.emplace_back().resize(of.size());
    const bool was_dirty = region.dirty[own].has(node);
    region.dirty[own].clear(node);
    own = level;
    if (was_dirty) {
      region.dirty[level].set(node);
      region.cursor = std::min(region.cursor, region.position(node));
    }
    for (const Reader& reader : of.readers(node))
      left.emplace_back(reader.node, level);
    // Whether there is an item, and what may start in it, is known before it is looked at.
    if (of.kind(node) == Kind::expand)
      for (const NodeId inside : of.templates()[of.owned_template(node)].nodes)
        left.emplace_back(inside, level);
    if (const auto holes_of = region.read_by_holes.find(node);
        holes_of != region.read_by_holes.end())
      for (const NodeId hole : holes_of->second)
        left.emplace_back(hole, node < hole ? level : level + 1);
  }
}

}  // namespace oche::detail::rounds
