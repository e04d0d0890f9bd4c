// lint_publishing.cpp - published names: set twice, shared by items, set by a step that retries.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/lint_sink.hpp"
#include "analysis/node_set.hpp"

#include <fmt/core.h>

#include <unordered_map>

namespace oche::detail {
namespace {

/// Operation and keyed arguments: what says which name is set.
std::string name_set_by(const Facts& facts, NodeId node) {
  std::string name(facts.operation(node));
  for (const Argument& one : facts.arguments(node)) {
    if (one.role != Role::keyed) continue;
    name += one.text.empty() ? fmt::format("\n{}=<{}>", one.name, one.input)
                             : fmt::format("\n{}={}", one.name, one.text);
  }
  return name;
}

void lint_twice(const Facts& facts, LintSink& sink) {
  std::unordered_map<std::string, NodeId> first;
  for (NodeId node = 0; node < facts.size(); ++node) {
    if (!facts.publishes(node)) continue;
    const auto [place, is_new] = first.try_emplace(name_set_by(facts, node), node);
    if (!is_new)
      sink.add("published-twice", node,
               fmt::format("sets the same name as {}: where both are wanted, both fail",
                           called(facts, place->second)),
               "set it in one place, to what is chosen before", place->second);
  }
}

/// The nodes of templates whose bytes come from the item of their own template.
NodeSet made_of_items(const Graph& graph) {
  NodeSet made(graph.size());
  for (NodeId node = 0; node < graph.size(); ++node) {
    const TemplateId own = graph.template_of(node);
    if (own == 0) continue;
    const Kind kind = graph.kind(node);
    // What an inner list makes of which items is not followed.
    bool is = kind == Kind::item || graph.owned_template(node) != 0;
    const auto inputs = graph.inputs(node);
    for (std::uint32_t i = 0; i < inputs.size(); ++i)
      is = is || (graph.edge(node, i) == Edge::data && graph.template_of(inputs[i]) == own &&
                  made.has(inputs[i]));
    if (is) made.add(node);
  }
  return made;
}

void lint_shared(const Facts& facts, LintSink& sink) {
  const Graph& graph = facts.graph();
  const NodeSet made = made_of_items(graph);
  for (NodeId node = 0; node < graph.size(); ++node) {
    const TemplateId own = graph.template_of(node);
    if (own == 0 || !facts.publishes(node)) continue;
    const auto most = facts.bounds(own).most;
    if (most && *most <= 1) continue;
    const StepPayload& step = *facts.step(node);
    bool is_named_by_item = false;
    const auto inputs = graph.inputs(node);
    for (std::uint32_t i = 0; i < inputs.size() && i < step.kind->count; ++i)
      is_named_by_item =
          is_named_by_item || (step.kind->roles[i] == Role::keyed &&
                               graph.template_of(inputs[i]) == own && made.has(inputs[i]));
    if (!is_named_by_item)
      sink.add("shared-output", node, "every item of its list sets one and the same name",
               "make the name of the item, or publish once, behind the list");
  }
}

}  // namespace

void lint_publishing(const Facts& facts, LintSink& sink) {
  lint_twice(facts, sink);
  lint_shared(facts, sink);
  for (NodeId node = 0; node < facts.size(); ++node)
    if (facts.publishes(node) && facts.retry(node).attempts > 1)
      sink.add("retried-publish", node,
               fmt::format("publishes, and is tried {} times: the first try may have been done",
                           facts.retry(node).attempts),
               "leave .retry away, or say in a silencer why it may be repeated");
}

}  // namespace oche::detail
