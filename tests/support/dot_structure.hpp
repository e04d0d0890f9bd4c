// dot_structure.hpp - what a DOT text says, however it is laid out.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cgraph.h>

#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

namespace oche::tests {

using DotAttributes = std::map<std::string, std::string>;

/// Nodes, edges and clusters with their attributes, without any order.
struct DotStructure {
  DotAttributes graph;
  std::map<std::string, DotAttributes> nodes;
  std::map<std::pair<std::string, std::string>, DotAttributes> edges;
  std::map<std::string, DotAttributes> clusters;
  std::map<std::string, std::set<std::string>> in_cluster;
  friend bool operator==(const DotStructure&, const DotStructure&) = default;
};

namespace dot_detail {

inline DotAttributes attributes_of(Agraph_t* root, int kind, void* object) {
  DotAttributes result;
  for (Agsym_t* at = agnxtattr(root, kind, nullptr); at != nullptr; at = agnxtattr(root, kind, at))
    result[at->name] = agxget(object, at);
  return result;
}

inline void add_clusters(Agraph_t* root, Agraph_t* graph, DotStructure& result) {
  for (Agraph_t* inner = agfstsubg(graph); inner != nullptr; inner = agnxtsubg(inner)) {
    result.clusters[agnameof(inner)] = attributes_of(root, AGRAPH, inner);
    for (Agnode_t* node = agfstnode(inner); node != nullptr; node = agnxtnode(inner, node))
      result.in_cluster[agnameof(inner)].insert(agnameof(node));
    add_clusters(root, inner, result);
  }
}

}  // namespace dot_detail

/// Parsed by cgraph itself. Threads: one at a time, and none that draws.
inline DotStructure dot_structure(const std::string& text) {
  Agraph_t* const graph = agmemread(text.c_str());
  if (graph == nullptr) throw std::runtime_error("no DOT: " + text.substr(0, 200));
  DotStructure result;
  result.graph = dot_detail::attributes_of(graph, AGRAPH, graph);
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    result.nodes[agnameof(node)] = dot_detail::attributes_of(graph, AGNODE, node);
    for (Agedge_t* edge = agfstout(graph, node); edge != nullptr; edge = agnxtout(graph, edge))
      result.edges[{agnameof(node), agnameof(aghead(edge))}] =
          dot_detail::attributes_of(graph, AGEDGE, edge);
  }
  dot_detail::add_clusters(graph, graph, result);
  agclose(graph);
  return result;
}

}  // namespace oche::tests
