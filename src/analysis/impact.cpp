// impact.cpp - follows a change along the edges that carry bytes, then along all others.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/impact.hpp>

#include "analysis/impact_walk.hpp"
#include "analysis/promise.hpp"
#include "analysis/walk.hpp"

#include <algorithm>

// Goal: the work whose key a change may move, and the work that it only holds back or lets go.
//
// A change of bytes goes along data edges, but not into an argument that is neither keyed nor
// replaced (Context), and not out of what has no bytes (success only). What it reaches by a control
// edge, or by being there once for each item of a list that has changed, keeps its arguments: there
// only success can differ, and so for all that follows. Both sets are closed under their edges, so
// nothing that a change can reach is in neither.

namespace oche {
namespace detail {

bool carries_bytes(const Facts& facts, NodeId node, std::uint32_t position) {
  if (facts.graph().edge(node, position) != Edge::data) return false;
  const StepPayload* step = facts.step(node);
  return step == nullptr || position >= step->kind->count ||
         step->kind->roles[position] != Role::context;
}

namespace {

/// An expand has its list's term, and so its type; but what it hands on are items.
bool has_bytes(const Graph& graph, NodeId node) {
  return graph.kind(node) == Kind::expand || graph.term(node).type->shape != Shape::unit;
}

}  // namespace

ImpactWalk::ImpactWalk(const Facts& facts)
    : facts_(facts),
      touched_(facts.size(), Touch::none),
      because_(facts.size(), no_node),
      same_(facts.size()) {}

void ImpactWalk::begin(NodeId node) {
  if (touched_[node] != Touch::none) return;
  touched_[node] = Touch::bytes;
  waiting_.push_back(node);
}

NodeId ImpactWalk::cause_for(NodeId node) const {
  return facts_.is_work(node) || because_[node] == no_node ? node : because_[node];
}

void ImpactWalk::reach(NodeId node, NodeId from, Touch how) {
  if (touched_[node] != Touch::none) return;
  touched_[node] = how;
  because_[node] = cause_for(from);
  waiting_.push_back(node);
}

void ImpactWalk::spread(Touch how) {
  const Graph& graph = facts_.graph();
  const bool bytes = how == Touch::bytes;
  for (std::size_t at = 0; at < waiting_.size(); ++at) {
    const NodeId node = waiting_[at];
    if (bytes && (same_.has(node) || !has_bytes(graph, node))) continue;
    for (const Reader& reader : graph.readers(node))
      if (!bytes || carries_bytes(facts_, reader.node, reader.position))
        reach(reader.node, node, how);
    if (graph.kind(node) != Kind::expand) continue;
    const Template& own = graph.templates()[graph.owned_template(node)];
    if (bytes) {
      reach(own.item, node, how);
      continue;
    }
    for (const NodeId inner : own.nodes)
      if (begins_in_template(graph, inner)) reach(inner, node, how);
  }
}

Impact ImpactWalk::take() {
  spread(Touch::bytes);
  // What was reached so far also holds back what reads it otherwise, so from the beginning.
  spread(Touch::success);
  std::sort(waiting_.begin(), waiting_.end());
  Impact impact;
  for (const NodeId node : waiting_) {
    const NodeId because = because_[node];
    if (because == no_node) impact.begins.push_back(node);
    if (facts_.graph().kind(node) == Kind::dynamic) {
      const std::string promise = promise_of(facts_, node);
      impact.notes.push_back(std::string(facts_.graph().path(node)) +
                             " is a hole: what it builds is not known before it runs" +
                             (promise.empty() ? "" : "; it promises " + promise));
    }
    if (!facts_.is_work(node)) continue;
    if (touched_[node] == Touch::success)
      impact.held.push_back({node, because});
    else if (same_.has(node))
      impact.same.push_back(node);
    else
      impact.runs.push_back({node, because == no_node ? node : because});
  }
  return impact;
}

}  // namespace detail

Impact impact_of(const Facts& facts, const std::vector<NodeId>& changed) {
  detail::ImpactWalk walk(facts);
  for (const NodeId node : changed)
    walk.begin(node);
  return walk.take();
}

}  // namespace oche
