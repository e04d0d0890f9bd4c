// layout.cpp - what the rounds need to know of a graph beside the graph itself.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/layout.hpp"

#include "graph/arrays.hpp"

#include <limits>
#include <map>

namespace oche::detail::rounds {
namespace {

/// From readers to inputs: whose value is looked at. What only passes a value on needs it as far as
/// it is needed itself.
void find_needed(const Graph& graph, Layout& layout, bool root_value) {
  layout.needed.assign(graph.size(), layout.holes != 0);  // a hole may read anything
  if (layout.holes != 0) return;
  layout.needed[graph.root()] = root_value;
  for (NodeId node = graph.size(); node-- > 0;) {
    const std::span<const NodeId> inputs = graph.inputs(node);
    const bool own = layout.needed[node];
    const auto need = [&](std::size_t i, bool is) {
      if (is) layout.needed[inputs[i]] = true;
    };
    switch (graph.kind(node)) {
      case Kind::map:
      case Kind::expand:
      case Kind::approve:
      case Kind::fold:
      case Kind::step:
      case Kind::command:
        for (std::size_t i = 0; i < inputs.size(); ++i)
          need(i, true);
        break;
      case Kind::only_if:
        need(0, true);
        need(1, own);
        break;
      case Kind::gate:
        need(0, own);
        break;
      case Kind::list_map:
      case Kind::option_map:
        need(1, own);
        break;
      case Kind::map_error:
      case Kind::zip:
      case Kind::collect:
      case Kind::attempt:
      case Kind::state_of:
      case Kind::or_else:
        for (std::size_t i = 0; i < inputs.size(); ++i)
          need(i, own);
        break;
      default:
        break;
    }
  }
}

void find_remembered(const Graph& graph, Layout& layout) {
  const std::span<const Template> templates = graph.templates();
  layout.remembered.resize(templates.size());
  layout.has_remembered.assign(templates.size(), false);
  for (NodeId node = 0; node < graph.size(); ++node) {
    const Kind kind = graph.kind(node);
    const bool is_remembered = kind == Kind::fold || kind == Kind::approve;
    if (!is_remembered && kind != Kind::dynamic) continue;
    const TemplateId of = graph.template_of(node);
    if (is_remembered) layout.remembered[of].push_back(node);
    for (TemplateId at = of; !layout.has_remembered[at]; at = templates[at].parent)
      layout.has_remembered[at] = true;
  }
}

Callee callee_in(const Graph& graph, NodeId node) {
  const Node& term = graph.term(node);
  // A zip or a collect has no closure at all.
  const bool is_stateless = graph.kind(node) != Kind::map || term.operation->is_stateless;
  const Shape shape = term.type->shape;
  const bool is_number = term.type->size <= sizeof(std::uint64_t) &&
                         (shape == Shape::boolean || shape == Shape::natural ||
                          shape == Shape::integer || shape == Shape::choice);
  return {term.type, term.operation->call, is_stateless, is_number};
}

void find_callees(const Graph& graph, Layout& layout) {
  constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
  layout.callee.assign(graph.size(), 0);
  layout.callees.resize(1);
  std::map<std::pair<std::uintptr_t, const Type*>, std::uint16_t> known;
  for (NodeId node = 0; node < graph.size(); ++node) {
    const Kind kind = graph.kind(node);
    if (kind != Kind::map && kind != Kind::zip && kind != Kind::collect) continue;
    const Callee one = callee_in(graph, node);
    // Neighbours are most often alike.
    const Callee& last = layout.callees.back();
    auto index = static_cast<std::uint16_t>(layout.callees.size() - 1);
    if (one.call != last.call || one.type != last.type) {
      if (layout.callees.size() > most) continue;
      const auto next = static_cast<std::uint16_t>(layout.callees.size());
      const auto [place, is_new] =
          known.try_emplace({reinterpret_cast<std::uintptr_t>(one.call), one.type}, next);
      if (is_new) layout.callees.push_back(one);
      index = place->second;
    }
    layout.callee[node] = index;
  }
}

}  // namespace

Callee Layout::callee_of(const Graph& graph, NodeId node) const {
  const std::uint16_t index = callee[node];
  return index != 0 ? callees[index] : callee_in(graph, node);
}

bool is_wide(const Graph& graph, NodeId node) {
  switch (const Kind kind = graph.kind(node)) {
    case Kind::map:
    case Kind::zip:
    case Kind::collect:
    case Kind::all:
    case Kind::gate:
    case Kind::step:
    case Kind::command:
      return graph.inputs(node).size() >= many_inputs + first_combined(kind);
    default:
      return false;
  }
}

Layout::Layout(const Graph& graph, bool root_value) {
  const std::span<const Template> templates = graph.templates();
  special.resize(templates.size());
  steps.resize(templates.size());
  if (templates.size() > 1) {
    place.resize(graph.size());
    for (NodeId node = 0; node < graph.size(); ++node)
      place[node] = node;
    for (std::size_t i = 1; i < templates.size(); ++i)
      for (std::size_t k = 0; k < templates[i].nodes.size(); ++k)
        place[templates[i].nodes[k]] = static_cast<std::uint32_t>(k);
  }
  for (NodeId node = 0; node < graph.size(); ++node) {
    const Kind kind = graph.kind(node);
    const TemplateId of = graph.template_of(node);
    if (kind == Kind::dynamic) ++holes;
    if (is_job(kind)) steps[of].push_back(node);
    if (kind == Kind::expand || kind == Kind::fold || kind == Kind::dynamic || is_wide(graph, node))
      special[of].push_back(node);
  }
  find_needed(graph, *this, root_value);
  find_remembered(graph, *this);
  find_callees(graph, *this);
}

}  // namespace oche::detail::rounds
