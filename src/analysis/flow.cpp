// flow.cpp - data edges, and what can be said by one sweep over them.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/flow.hpp"

namespace oche::detail {

namespace {
/// Makes nothing of its own: it has what it is given.
bool is_pure(Kind kind) { return kind != Kind::input && !is_job(kind) && kind != Kind::dynamic; }
}  // namespace

void DataEdges::know() {
  is_known_.resize(graph_.size());
  for (NodeId node = 0; node < graph_.size(); ++node) {
    bool is_known = is_pure(graph_.kind(node));
    if (is_known) each_input(node, [&](NodeId input) { is_known = is_known && is_known_[input]; });
    is_known_[node] = is_known;
  }
}

std::vector<NodeId> DataEdges::shipped(const Facts& facts, NodeId node) const {
  std::vector<NodeId> list;
  const auto in = graph_.inputs(node);
  const StepPayload* step = facts.step(node);
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (step != nullptr && facts.publishes(node) &&
        (i >= step->kind->count || step->kind->roles[i] != Role::latest))
      continue;
    if (graph_.edge(node, static_cast<std::uint32_t>(i)) == Edge::data && !is_known_[in[i]])
      list.push_back(in[i]);
  }
  return list;
}

void DataEdges::through(std::vector<std::uint64_t>& marks) const {
  for (NodeId node = 0; node < graph_.size(); ++node) {
    bool is_given = false;
    std::uint64_t all = ~std::uint64_t{0};
    const Kind kind = graph_.kind(node);
    // A list of results is made of the results; the list that it was made for only counts them.
    const bool is_list = kind == Kind::list_map || kind == Kind::option_map;
    if (kind != Kind::dynamic && !is_list) {
      each_input(node, [&](NodeId input) {
        if (is_known_[input]) return;
        is_given = true;
        all &= marks[input];
      });
    } else if (is_list) {
      const NodeId body = graph_.inputs(node)[1];
      is_given = !is_known_[body];
      all = marks[body];
    }
    if (is_given)
      marks[node] |= all;
    else if (is_known_[node])
      marks[node] = ~std::uint64_t{0};
  }
}

}  // namespace oche::detail
