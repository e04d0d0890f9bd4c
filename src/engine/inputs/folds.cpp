// folds.cpp - which inputs may lose no value, since a fold takes them in.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/inputs/folds.hpp"

namespace oche::detail {

namespace {

/// What a node's value is made of; an item's, of the list that its template reads.
std::vector<NodeId> sources(const Graph& graph, NodeId node) {
  if (graph.kind(node) == Kind::item && graph.template_of(node) != 0) {
    return {graph.templates()[graph.template_of(node)].expand};
  }
  const auto inputs = graph.inputs(node);
  return {inputs.begin(), inputs.end()};
}

}  // namespace

std::vector<NodeId> folded_inputs(const Graph& graph) {
  std::vector<bool> is_folded;  // by node: its values go into a fold
  std::vector<NodeId> found;
  for (NodeId node = graph.size(); node-- > 0;) {  // G1: readers come first, this way round
    const Kind kind = graph.kind(node);
    const bool is_fold = kind == Kind::fold;
    if (is_fold && is_folded.empty()) is_folded.resize(graph.size());
    if (is_folded.empty() || !(is_fold || is_folded[node]) || is_job(kind)) continue;
    if (kind == Kind::input) found.push_back(node);
    for (const NodeId source : sources(graph, node))
      is_folded[source] = true;
  }
  return found;
}

Source* source_of(const Node& input) {
  return static_cast<const InputPayload*>(input.payload)->source.get();
}

}  // namespace oche::detail
