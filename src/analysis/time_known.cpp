// time_known.cpp - finds the nodes of the paths of which durations are known.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_known.hpp"

#include "graph/names.hpp"

#include <algorithm>

namespace oche::detail::forecast {

KnownTimes::KnownTimes(const Graph& graph, const std::map<std::string, Duration>& durations)
    : graph_(graph), of_node_(graph.size(), not_known) {
  std::vector<std::string_view> paths;
  std::vector<Duration> times;
  paths.reserve(durations.size());
  times.reserve(durations.size());
  for (const auto& [path, duration] : durations) {
    paths.push_back(path);
    times.push_back(std::max(duration, Duration{}));
  }
  const std::vector<NodeId> nodes = find_all(graph, paths);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i] != no_node)
      of_node_[nodes[i]] = times[i];
    else
      others_.emplace(paths[i], times[i]);
  }
}

Duration KnownTimes::of_instance(NodeId node, std::string_view path) const {
  if (const auto own = others_.find(path); own != others_.end()) return own->second;
  if (const auto same = graph_.find(path); same && of_node_[*same] != not_known)
    return of_node_[*same];
  return of_node_[node];
}

}  // namespace oche::detail::forecast
