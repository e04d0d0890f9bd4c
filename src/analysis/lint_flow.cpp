// lint_flow.cpp - steps that can never run, gates that hold nothing back or come too late.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/lint_sink.hpp"
#include "analysis/possible.hpp"
#include "analysis/walk.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {
namespace {

/// The node because of which each one can never be ok: itself, or the first of its inputs' causes.
std::vector<NodeId> culprits(const Graph& graph, const Possibilities& made) {
  std::vector<NodeId> culprit(graph.size(), no_node);
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (made.can(node, can_be_ok)) continue;
    culprit[node] = node;
    for (const NodeId input : graph.inputs(node))
      if (culprit[input] != no_node) {
        culprit[node] = culprit[input];
        break;
      }
  }
  return culprit;
}

void lint_never(const Facts& facts, const Possibilities& made, LintSink& sink) {
  const std::vector<NodeId> culprit = culprits(facts.graph(), made);
  for (NodeId node = 0; node < facts.size(); ++node) {
    if (!facts.is_work(node)) continue;
    if (culprit[node] != no_node)
      sink.add("never-runs", node,
               fmt::format("can never run: {} is never ok", called(facts, culprit[node])),
               "take it out, or what keeps it from running", culprit[node]);
    else if (facts.times(node).most == 0u)
      sink.add("never-runs", node, "can never run: its list is always empty",
               "take the list out, or put something into it");
    else if (!made.wanted.has(node))
      sink.add("never-runs", node, "can never run: nobody ever asks for it",
               "take it out, or look at the only_if or or_else that keeps it");
  }
}

void lint_idle(const Facts& facts, const Possibilities& made, LintSink& sink) {
  const Graph& graph = facts.graph();
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.kind(node) != Kind::gate) continue;
    for (const NodeId control : graph.inputs(node).subspan(1))
      if (made.outcomes[control] == can_be_ok)
        sink.add("idle-gate", node,
                 fmt::format("its control {} cannot fail: it holds nothing back",
                             called(facts, control)),
                 "gate on what can fail: the tests themselves, not advisory or state_of of them",
                 control);
  }
}

/// By node: the one whose result it passes on as it is; itself, if it makes its own.
std::vector<NodeId> passed_on(const Graph& graph) {
  std::vector<NodeId> from(graph.size());
  for (NodeId node = 0; node < graph.size(); ++node) {
    const Kind kind = graph.kind(node);
    from[node] = node;
    if (kind == Kind::only_if)
      from[node] = from[graph.inputs(node)[1]];
    else if (kind == Kind::gate || kind == Kind::approve || kind == Kind::map_error)
      from[node] = from[graph.inputs(node)[0]];
  }
  return from;
}

/// Can the controls be known before the deed is done? Not if they look at what it did.
bool comes_after(const Graph& graph, NodeId gate, NodeId deed) {
  if (graph.kind(gate) == Kind::approve) return true;
  NodeSet controls(graph.size());
  for (const NodeId control : graph.inputs(gate).subspan(1))
    controls.add(control);
  return !reachable(graph, controls, Along::needs).has(deed);
}

void lint_late(const Facts& facts, LintSink& sink) {
  const Graph& graph = facts.graph();
  const std::vector<NodeId> from = passed_on(graph);
  for (NodeId node = 0; node < graph.size(); ++node) {
    const Kind kind = graph.kind(node);
    if (kind != Kind::gate && kind != Kind::approve) continue;
    const NodeId deed = from[node];
    const bool is_deed =
        facts.is_work(deed) && (facts.publishes(deed) || facts.level(deed) >= Level::above_average);
    if (!is_deed || !comes_after(graph, node, deed)) continue;
    sink.add("late-gate", node,
             fmt::format("comes after the deed: {} is done before anything is waited for",
                         called(facts, deed)),
             kind == Kind::gate ? "gate what the step is given: deploy(gate(image, on(tests)))"
                                : "approve what the step is given: deploy(approve(\"…\", image))",
             deed);
  }
}

}  // namespace

void lint_flow(const Facts& facts, LintSink& sink) {
  const Possibilities made = possibilities_of(facts);
  lint_never(facts, made, sink);
  lint_idle(facts, made, sink);
  lint_late(facts, sink);
}

}  // namespace oche::detail
