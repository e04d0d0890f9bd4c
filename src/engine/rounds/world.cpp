// world.cpp - the cells of one evaluation, at first.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {

World::World(const Graph& pipeline, JobsSide& jobs_side, RoundsOptions chosen)
    : graph(pipeline), jobs(jobs_side), options(chosen), unit(Value::make(Unit{})) {
  group_counts.resize(graph.groups().size());
  regions.push_back(std::make_unique<Region>(graph, options.root_value));
  open_region(0);
}

World::~World() = default;

}  // namespace oche::detail::rounds
