// walk.cpp - walks with a list of what is still to visit, so that no depth is too deep.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/walk.hpp"

#include "graph/arrays.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace oche::detail {
namespace {

template <class F>
void for_each_next(const Graph& graph, NodeId node, Along along, F f) {
  if (along == Along::needs)
    for_each_need(graph, node, f);
  else
    for_each_user(graph, node, f);
}

/// Where the next ones of what is visited soon stand, then those themselves: the memory brings them
/// meanwhile.
[[gnu::always_inline]] inline void ask_ahead(const GraphArrays& graph,
                                             const std::vector<NodeId>& visited, std::size_t at,
                                             Along along) {
  constexpr std::size_t distance = 8;
  const auto& starts = along == Along::needs ? graph.input_starts : graph.reader_starts;
  if (at + 2 * distance < visited.size()) __builtin_prefetch(&starts[visited[at + 2 * distance]]);
  if (at + distance >= visited.size()) return;
  const std::uint32_t start = starts[visited[at + distance]];
  __builtin_prefetch(along == Along::needs ? static_cast<const void*>(graph.inputs.data() + start)
                                           : graph.readers.data() + start);
}

/// Goal: nodes at most `most` visible nodes away. A step onto a visible node counts one, onto
/// another nothing: so the list is kept in the order of distance by putting nodes at distance 0 in
/// front. Each node is taken from it at most once.
NodeSet near(const Graph& graph, const NodeSet& start, Along along, std::uint32_t most,
             const NodeSet* within) {
  NodeSet taken(graph.size());
  std::deque<std::pair<NodeId, std::uint32_t>> waiting;
  start.for_each([&](NodeId node) {
    if (within == nullptr || within->has(node)) waiting.emplace_back(node, 0);
  });
  while (!waiting.empty()) {
    const auto [node, far] = waiting.front();
    waiting.pop_front();
    if (!taken.add(node)) continue;
    for_each_next(graph, node, along, [&](NodeId next) {
      if (taken.has(next) || (within != nullptr && !within->has(next))) return;
      if (!graph.is_visible(next))
        waiting.emplace_front(next, far);
      else if (far < most)
        waiting.emplace_back(next, far + 1);
    });
  }
  return taken;
}

}  // namespace

bool begins_in_template(const Graph& graph, NodeId node) {
  const TemplateId own = graph.template_of(node);
  if (own == 0) return false;
  const auto inputs = graph.inputs(node);
  return std::none_of(inputs.begin(), inputs.end(),
                      [&](NodeId input) { return graph.template_of(input) == own; });
}

NodeSet reachable(const Graph& graph, const NodeSet& start, Along along,
                  std::optional<std::uint32_t> most, const NodeSet* within) {
  if (most) return near(graph, start, along, *most, within);
  // In the order in which they are found: what is as far away lies together, more or less, and what
  // lies together is read together.
  NodeSet found(graph.size());
  std::vector<NodeId> visited;
  const auto visit = [&](NodeId node) {
    if ((within == nullptr || within->has(node)) && found.add(node)) visited.push_back(node);
  };
  start.for_each(visit);
  for (std::size_t at = 0; at < visited.size(); ++at) {
    ask_ahead(graph.arrays(), visited, at, along);
    for_each_next(graph, visited[at], along, visit);
  }
  return found;
}

std::vector<NodeId> path_between(const Graph& graph, const NodeSet& from, const NodeSet& to) {
  std::vector<std::pair<NodeId, std::uint32_t>> visited;  // and which one led there
  NodeSet found(graph.size());
  from.for_each([&](NodeId node) {
    found.add(node);
    visited.emplace_back(node, ~std::uint32_t{0});
  });
  for (std::uint32_t at = 0; at < visited.size(); ++at) {
    const NodeId node = visited[at].first;
    if (to.has(node)) {
      std::vector<NodeId> path;
      for (std::uint32_t i = at; i != ~std::uint32_t{0}; i = visited[i].second)
        path.push_back(visited[i].first);
      std::reverse(path.begin(), path.end());
      return path;
    }
    for_each_need(graph, node, [&](NodeId next) {
      if (found.add(next)) visited.emplace_back(next, at);
    });
  }
  return {};
}

}  // namespace oche::detail
