// flow.hpp - where bytes come from and where they go: sweeps over data edges.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/arrays.hpp"
#include <oche/analysis/check.hpp>
#include <oche/analysis/facts.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace oche::detail {

/// The data edges of a graph; an item of a list has one from its list.
class DataEdges {
 public:
  explicit DataEdges(const Graph& graph) : graph_(graph), arrays_(graph.arrays()) {}
  /// Finds out what is known, which `is_known`, `shipped` and `through` ask for.
  void know();

  template <class F>
  void each_input(NodeId node, F&& f) const {
    const Kind kind = arrays_.kinds[node];
    if (kind == Kind::item) {
      f(origin_of(node));
      return;
    }
    const auto in = arrays_.inputs_of(node);
    const auto [first, count] = range(kind, in.size());
    for (std::size_t i = first; i < first + count; ++i)
      f(in[i]);
  }
  /// Written down by the program itself: a constant, and what pure functions make of such.
  [[nodiscard]] bool is_known(NodeId node) const { return is_known_[node]; }
  /// Of a publishing step what it publishes, else all of its data inputs.
  [[nodiscard]] std::vector<NodeId> shipped(const Facts& facts, NodeId node) const;

  /// From the inputs on: `marks[node]` becomes what the node has itself, or anything it is made of.
  /// Nodes for which `stops` holds take nothing over.
  template <class Stops>
  void spread(std::vector<std::uint64_t>& marks, Stops&& stops) const {
    for (NodeId node = 0; node < graph_.size(); ++node) {
      std::uint64_t all = marks[node];
      if (!stops(node)) each_input(node, [&](NodeId input) { all |= marks[input]; });
      marks[node] = all;
    }
  }
  /// From the inputs on: `marks[node]` becomes what all of the node's data came through. What a
  /// node makes by itself came through nothing but that node.
  void through(std::vector<std::uint64_t>& marks) const;

  /// From `node` back to one where `ends` holds, over nodes for which `goes` holds: nearest first.
  template <class Goes, class Ends>
  [[nodiscard]] std::vector<Link> path_back(NodeId node, Goes&& goes, Ends&& ends) const {
    std::vector<std::pair<NodeId, std::size_t>> seen = {{node, 0}};
    std::vector<bool> is_seen(graph_.size());
    for (std::size_t at = 0; at < seen.size(); ++at) {
      if (ends(seen[at].first)) {
        std::vector<Link> path;
        for (std::size_t back = at;; back = seen[back].second) {
          path.push_back({seen[back].first, {}});
          if (back != 0) continue;
          std::reverse(path.begin(), path.end());
          return path;
        }
      }
      each_input(seen[at].first, [&](NodeId input) {
        if (is_seen[input] || !goes(input)) return;
        is_seen[input] = true;
        seen.emplace_back(input, at);
      });
    }
    return {};
  }

 private:
  /// Which of a node's inputs bring data: they stand side by side.
  static std::pair<std::size_t, std::size_t> range(Kind kind, std::size_t count) {
    switch (kind) {
      case Kind::all:
      case Kind::advisory:
        return {0, 0};
      case Kind::gate:
      case Kind::list_iter:
        return {0, 1};
      case Kind::only_if:
        return {1, 1};
      default:
        return {0, count};
    }
  }

  /// The expand of an item.
  [[nodiscard]] NodeId origin_of(NodeId item) const {
    return graph_.templates()[graph_.template_of(item)].expand;
  }

  const Graph& graph_;
  const GraphArrays& arrays_;
  std::vector<bool> is_known_;
};

}  // namespace oche::detail
