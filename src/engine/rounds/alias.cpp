// alias.cpp - terms that a hole's function captured are read where they are, outside.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"
#include <oche/base/error.hpp>

// The graph of a hole holds everything that its term reads, also what the pipeline outside holds
// already. A node whose term is one of a graph around the hole stands for the cell there (its
// alias):
// it is neither evaluated nor wanted here. Where an alias is read, the cell outside knows of it, so
// that its changes spread into the hole.

namespace oche::detail::rounds {

/// The cell around `hole` that stands for `term`, or `no_cell`.
CellId World::outer_cell(CellId hole, const Node& term) {
  for (CellId at = hole; at != no_cell;) {
    const InstanceId in = cells[at].owner;
    const Region& region = region_of(in);
    auto& index = node_index_[region.graph];
    if (index.empty())
      for (NodeId node = 0; node < region.graph->size(); ++node)
        if (region.graph->kind(node) != Kind::expand) index[&region.graph->term(node)] = node;
    if (const auto known = index.find(&term); known != index.end()) {
      const NodeId node = known->second;
      if (!region.alias.empty() && region.alias[node] != no_cell) return region.alias[node];
      const TemplateId of = region.graph->template_of(node);
      InstanceId around = in;
      while (around != nothing && instances[around].of != of)
        around = instances[around].parent;
      if ((of == 0 || around != nothing) && (region.alias.empty() || region.is_reached[node]))
        return source(in, node);
    }
    at = region.hole;
  }
  return no_cell;
}

void World::find_aliases(Region& region) {
  const Graph& of = *region.graph;
  region.alias.assign(of.size(), no_cell);
  for (NodeId node = 0; node < of.size(); ++node) {
    if (of.template_of(node) != 0 || of.kind(node) == Kind::expand) continue;
    const CellId outside = outer_cell(region.hole, of.term(node));
    for (CellId hole = region.hole; hole != no_cell; hole = region_of(cells[hole].owner).hole)
      if (outside == hole)
        throw Error(Failure{.what = "the function of a hole returned a term that reads the hole",
                            .hint = "build what follows from the hole outside, from what `dynamic` "
                                    "returns"});
    region.alias[node] = outside;
  }
}

void World::find_reached(Region& region) {
  const Graph& of = *region.graph;
  region.is_reached.assign(of.size(), false);
  region.is_reached[of.root()] = region.alias[of.root()] == no_cell;
  for (NodeId node = of.size(); node-- > 0;) {
    if (!region.is_reached[node]) continue;
    for (const NodeId input : of.inputs(node))
      if (region.alias[input] == no_cell) region.is_reached[input] = true;
    // Its readers may all be in what an inner hole builds.
    if (of.kind(node) == Kind::expand)
      region.is_reached[of.templates()[of.owned_template(node)].item] = true;
  }
}

bool World::is_read(const Region& region, NodeId alias) const {
  if (alias == region.graph->root()) return true;
  for (const Reader& reader : region.graph->readers(alias))
    if (region.is_reached[reader.node]) return true;
  return false;
}

void World::enter_aliases(RegionId id) {
  const Region& region = *regions[id];
  const Graph& of = *region.graph;
  for (NodeId node = 0; node < of.size(); ++node) {
    const CellId outside = region.alias[node];
    if (outside == no_cell || !is_read(region, node)) continue;
    aliases_[outside].push_back({id, node});
    cells[outside].aliased = true;
  }
}

void World::forget_aliases(RegionId id) {
  for (const CellId outside : regions[id]->alias) {
    if (outside == no_cell) continue;
    const auto known = aliases_.find(outside);
    if (known == aliases_.end()) continue;
    std::erase_if(known->second, [&](const Alias& alias) { return alias.region == id; });
    if (!known->second.empty()) continue;
    cells[outside].aliased = false;
    aliases_.erase(known);
  }
}

}  // namespace oche::detail::rounds
