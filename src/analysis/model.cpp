// model.cpp - a graph as flat arrays of what can become of each node.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/model.hpp"

#include <oche/base/value.hpp>

namespace oche::detail {
namespace {

Rule rule_of(Kind kind) {
  switch (kind) {
    case Kind::all:
      return Rule::all;
    case Kind::gate:
      return Rule::gate;
    case Kind::only_if:
      return Rule::only_if;
    case Kind::list_map:
    case Kind::option_map:
      return Rule::list;
    case Kind::list_iter:
      return Rule::iter;
    case Kind::attempt:
      return Rule::attempt;
    case Kind::state_of:
      return Rule::state_of;
    case Kind::or_else:
      return Rule::or_else;
    case Kind::advisory:
      return Rule::advisory;
    default:
      return Rule::own;
  }
}

/// What the node itself can make of inputs that are ok.
unsigned own_of(const Graph& graph, NodeId node) {
  switch (graph.arrays().kinds[node]) {
    case Kind::failed:
      return own_failed;
    case Kind::pending:
      return own_active;
    case Kind::input:
      // A Var always has a value.
      return static_cast<const InputPayload*>(graph.term(node).payload)->source->is_immediate()
                 ? unsigned{own_ok}
                 : own_ok | own_failed | own_active;
    case Kind::map:  // may throw
    case Kind::fold:
      return own_ok | own_failed;
    case Kind::approve:
      return own_ok | own_active;
    case Kind::dynamic:
      return own_ok | own_failed | own_active | own_skipped;
    case Kind::step:
    case Kind::command:
      return own_ok | own_failed | own_active;
    default:
      return own_ok;
  }
}

unsigned truths(const Graph& graph, NodeId condition) {
  if (graph.kind(condition) != Kind::constant) return yes | no_;
  const auto& value = *static_cast<const Value*>(graph.term(condition).payload);
  if (!value || value.type().shape != Shape::boolean) return yes | no_;
  return value.as<bool>() ? yes : no_;
}

unsigned sizes(const Facts& facts, NodeId list) {
  const SizeBounds bounds = facts.bounds(facts.graph().owned_template(list));
  return (bounds.most == 0u ? 0u : unsigned{yes}) | (bounds.least == 0 ? unsigned{no_} : 0u);
}

}  // namespace

Model::Model(const Facts& given)
    : facts(&given),
      graph(&given.graph()),
      size(graph->size()),
      arrays(&graph->arrays()),
      rules(size),
      own(size),
      values(size) {
  for (NodeId node = 0; node < size; ++node) {
    rules[node] = rule_of(arrays->kinds[node]);
    if (rules[node] == Rule::own) own[node] = static_cast<std::uint8_t>(own_of(*graph, node));
    if (rules[node] == Rule::only_if)
      values[node] = static_cast<std::uint8_t>(truths(*graph, decider(node)));
    if (rules[node] == Rule::list || rules[node] == Rule::iter)
      values[node] = static_cast<std::uint8_t>(sizes(given, node));
  }
}

NodeId Model::decider(NodeId node) const {
  for (NodeId at = inputs(node)[0];;) {
    switch (arrays->kinds[at]) {
      case Kind::gate:
      case Kind::approve:
      case Kind::map_error:
      case Kind::expand:
      case Kind::list_map:
      case Kind::option_map:
        at = inputs(at)[0];
        break;
      case Kind::only_if:
        at = inputs(at)[1];
        break;
      default:
        return at;
    }
  }
}

}  // namespace oche::detail
