// time_known.hpp - how long each step is known to take.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>
#include <oche/term/step_options.hpp>

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace oche::detail::forecast {

/// Of a node where that is not known.
inline constexpr Duration not_known{-1};

/// Durations by path, each looked up once; so nearly all are found by node afterwards.
class KnownTimes {
 public:
  KnownTimes(const Graph& graph, const std::map<std::string, Duration>& durations);

  /// At least zero, or `not_known`.
  [[nodiscard]] const std::vector<Duration>& by_node() const { return of_node_; }
  /// Of an instance; if nobody knows that, of its node.
  [[nodiscard]] Duration of_instance(NodeId node, std::string_view path) const;

 private:
  const Graph& graph_;
  std::vector<Duration> of_node_;
  std::unordered_map<std::string_view, Duration> others_;  ///< that are no paths of the graph
};

}  // namespace oche::detail::forecast
