// world.cpp - the cells of one evaluation, at first.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

#include <algorithm>

namespace oche::detail::rounds {

World::World(const Graph& pipeline, JobsSide& jobs_side, RoundsOptions chosen)
    : graph(pipeline), jobs(jobs_side), options(chosen), unit(Value::make(Unit{})) {
  // `groups()` would give every node its path, which may never be needed.
  GroupId last = 0;
  for (NodeId node = 0; node < graph.size(); ++node)
    last = std::max(last, graph.group(node));
  group_counts.resize(std::size_t{last} + 1);
  regions.push_back(std::make_unique<Region>(graph, options.root_value));
  open_region(0);
}

World::~World() = default;

}  // namespace oche::detail::rounds
