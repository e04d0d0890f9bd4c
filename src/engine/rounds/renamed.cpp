// renamed.cpp - an item has another name: what is remembered by paths is not there any more.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

// An option's item, or one that `by` tells apart, keeps its instance when its value changes, and
// with it all outcomes that do not depend on the value. The paths below it change with its name.
// States of folds are stored by path, and an approval is for one: both are asked for anew, so that
// a restart would make no difference.
// Cost: the folds and approvals in the instance, and all instances inside, if there may be any.

namespace oche::detail::rounds {

void World::forget_paths(InstanceId renamed) {
  std::vector<InstanceId> inside{renamed};
  while (!inside.empty()) {
    const InstanceId in = inside.back();
    inside.pop_back();
    const Region& region = region_of(in);
    const TemplateId of = instances[in].of;
    for (const NodeId node : region.layout.remembered[of]) {
      if (!region.alias.empty() && !region.is_reached[node]) continue;
      const std::uint32_t side = cells[cell_of(in, node)].side;
      if (region.graph->kind(node) == Kind::fold) *folds[side] = FoldSide{};
      mark(in, node);
    }
    for (const NodeId node : region.layout.special[of]) {
      const std::uint32_t side = cells[cell_of(in, node)].side;
      if (side == nothing) continue;
      if (region.graph->kind(node) == Kind::expand && region.layout.has_remembered[lists[side]->of])
        lists[side]->order.each(0, [&](InstanceId item) {
          inside.push_back(item);
          return true;
        });
      else if (region.graph->kind(node) == Kind::dynamic && holes[side]->region != nothing)
        inside.push_back(regions[holes[side]->region]->top);
    }
  }
}

}  // namespace oche::detail::rounds
