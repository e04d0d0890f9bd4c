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
// only success can differ, and so for all that follows. Inputs stand before their readers, and a
// list before what is done for its items, so one pass in that order sees everything.

namespace oche {
namespace detail {

bool carries_bytes(const Facts& facts, NodeId node, std::uint32_t position) {
  if (facts.graph().edge(node, position) != Edge::data) return false;
  if (!facts.takes_context(node)) return true;
  const StepKind& step = *facts.step(node)->kind;
  return position >= step.count || step.roles[position] != Role::context;
}

ImpactWalk::ImpactWalk(const Facts& facts)
    : facts_(facts),
      touched_(facts.size(), Touch::none),
      because_(facts.size(), no_node),
      same_(facts.size()) {}

void ImpactWalk::begin(NodeId node) {
  touched_[node] = Touch::key;
  first_ = std::min(first_, node);
}

NodeId ImpactWalk::cause_for(NodeId node) const {
  return facts_.is_work(node) || because_[node] == no_node ? node : because_[node];
}

/// Where a node begins in a template, the list whose items it is there for.
NodeId ImpactWalk::expand_above(NodeId node) const {
  const Graph& graph = facts_.graph();
  return begins_in_template(graph, node) ? graph.templates()[graph.template_of(node)].expand
                                         : no_node;
}

/// By the bytes of the first input that brings them, else by the first that is touched at all.
ImpactWalk::Reach ImpactWalk::reach(NodeId node) const {
  Reach reached;
  const auto inputs = facts_.graph().inputs(node);
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    const Touch its = touched_[inputs[i]];
    if (its == Touch::none) continue;
    if (its == Touch::bytes && carries_bytes(facts_, node, i)) return {Touch::key, inputs[i]};
    if (reached.how == Touch::none) reached = {Touch::success, inputs[i]};
  }
  const NodeId expand = expand_above(node);
  if (expand == no_node || touched_[expand] == Touch::none) return reached;
  const bool is_item = facts_.graph().kind(node) == Kind::item;
  if (is_item && touched_[expand] == Touch::bytes) return {Touch::key, expand};
  return reached.how == Touch::none ? Reach{Touch::success, expand} : reached;
}

void ImpactWalk::note(NodeId node, Impact& impact) const {
  const NodeId because = because_[node];
  if (because == no_node) impact.begins.push_back(node);
  if (facts_.graph().kind(node) == Kind::dynamic) {
    const std::string promise = promise_of(facts_, node);
    impact.notes.push_back(std::string(facts_.graph().path(node)) +
                           " is a hole: what it builds is not known before it runs" +
                           (promise.empty() ? "" : "; it promises " + promise));
  }
  if (!facts_.is_work(node)) return;
  if (touched_[node] == Touch::success)
    impact.held.push_back({node, because});
  else if (same_.has(node))
    impact.same.push_back(node);
  else
    impact.runs.push_back({node, because == no_node ? node : because});
}

Impact ImpactWalk::take() {
  Impact impact;
  for (NodeId node = first_; node < facts_.size(); ++node) {
    if (touched_[node] == Touch::none) {
      const Reach reached = reach(node);
      if (reached.how == Touch::none) continue;
      touched_[node] = reached.how;
      because_[node] = cause_for(reached.from);
    }
    if (touched_[node] == Touch::key && facts_.gives_bytes(node) && !same_.has(node))
      touched_[node] = Touch::bytes;
    note(node, impact);
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
