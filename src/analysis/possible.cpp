// possible.cpp - outcomes forward through the graph, who is asked for backward.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/possible.hpp"

#include <oche/base/value.hpp>

// Follows the table of docs/semantics.md: who wins where several outcomes meet. Each set holds
// every outcome that some choice of its inputs' outcomes gives. Since inputs are taken as
// independent the sets are too large rather than too small.

namespace oche::detail {
namespace {

constexpr Possible may_stop = can_fail | can_skip | can_wait;

class Sweep {
 public:
  explicit Sweep(const Facts& facts) : facts_(facts), graph_(facts.graph()) {}

  std::vector<std::uint8_t> run() {
    outcomes_.reserve(graph_.size());
    for (NodeId node = 0; node < graph_.size(); ++node)
      outcomes_.push_back(static_cast<std::uint8_t>(of_node(node)));
    return std::move(outcomes_);
  }

 private:
  /// Of values together: ok if all can be, anything else if one can be that.
  [[nodiscard]] unsigned together(std::span<const NodeId> inputs) const {
    unsigned ok = can_be_ok;
    unsigned others = 0;
    for (const NodeId input : inputs) {
      ok &= outcomes_[input];
      others |= outcomes_[input] & may_stop;
    }
    return ok | others;
  }

  /// Of successes together: skipped ones count as success, unless all are.
  [[nodiscard]] unsigned all_of(std::span<const NodeId> inputs) const {
    bool can_succeed = true;
    bool may_all_skip = !inputs.empty();
    bool one_is_ok = inputs.empty();
    unsigned others = 0;
    for (const NodeId input : inputs) {
      const unsigned one = outcomes_[input];
      can_succeed = can_succeed && (one & (can_be_ok | can_skip)) != 0;
      one_is_ok = one_is_ok || (one & can_be_ok) != 0;
      may_all_skip = may_all_skip && (one & can_skip) != 0;
      others |= one & (can_fail | can_wait);
    }
    return (can_succeed && one_is_ok ? can_be_ok : 0u) | (may_all_skip ? can_skip : 0u) | others;
  }

  [[nodiscard]] unsigned only_if(std::span<const NodeId> inputs) const {
    const unsigned condition = outcomes_[inputs[0]];
    unsigned result = condition & may_stop;
    if ((condition & can_be_ok) == 0) return result;
    if (!is_always(graph_, inputs[0], true)) result |= can_skip;
    if (!is_always(graph_, inputs[0], false)) result |= outcomes_[inputs[1]];
    return result;
  }

  [[nodiscard]] unsigned list(NodeId node, std::span<const NodeId> inputs) const {
    const SizeBounds size = facts_.bounds(graph_.owned_template(node));
    unsigned body = outcomes_[inputs[1]];
    if (graph_.kind(node) == Kind::list_iter && (body & can_skip) != 0) body |= can_be_ok;
    const unsigned list = outcomes_[inputs[0]];
    unsigned result = list & may_stop;
    if ((list & can_be_ok) == 0) return result;
    if (size.least == 0) result |= can_be_ok;
    if (size.most != 0u) result |= body;
    return result;
  }

  [[nodiscard]] unsigned or_else(std::span<const NodeId> inputs) const {
    const unsigned first = outcomes_[inputs[0]];
    const unsigned kept = first & (can_be_ok | can_skip | can_wait);
    return (first & can_fail) != 0 ? kept | outcomes_[inputs[1]] : kept;
  }

  [[nodiscard]] unsigned of_node(NodeId node) const {
    const auto inputs = graph_.inputs(node);
    const auto may_fail_itself = [&] {
      const unsigned given = together(inputs);
      return (given & can_be_ok) != 0 ? given | can_fail : given;
    };
    switch (graph_.kind(node)) {
      case Kind::constant:
      case Kind::state_of:
        return can_be_ok;
      case Kind::failed:
        return can_fail;
      case Kind::pending:
        return can_wait;
      case Kind::input:
        return can_be_ok | can_fail;
      case Kind::item:
        return is_there(node) ? can_be_ok : 0u;
      case Kind::map:
      case Kind::fold:
      case Kind::step:
      case Kind::command:
        return may_fail_itself();
      case Kind::dynamic:
        return (outcomes_[inputs[0]] & can_be_ok) != 0 ? can_be_ok | may_stop : together(inputs);
      case Kind::all:
        return all_of(inputs);
      case Kind::only_if:
        return only_if(inputs);
      case Kind::list_map:
      case Kind::list_iter:
      case Kind::option_map:
        return list(node, inputs);
      case Kind::attempt: {
        const unsigned one = outcomes_[inputs[0]];
        return (one & (can_be_ok | can_fail)) != 0 ? (one & ~can_fail) | can_be_ok : one;
      }
      case Kind::advisory: {
        const unsigned one = outcomes_[inputs[0]];
        return (one & ~can_wait) != 0 ? (one & can_wait) | can_be_ok : one;
      }
      case Kind::or_else:
        return or_else(inputs);
      case Kind::approve:
        return outcomes_[inputs[0]] | can_wait;
      default:
        return together(inputs);  // zip, collect, gate, expand, map_error
    }
  }

  /// Is there ever an item of this item's template?
  [[nodiscard]] bool is_there(NodeId node) const {
    const TemplateId own = graph_.template_of(node);
    return own == 0 || facts_.bounds(own).most != 0u;
  }

  const Facts& facts_;
  const Graph& graph_;
  std::vector<std::uint8_t> outcomes_;
};

/// Does this node ever ask for its input?
bool asks(const Facts& facts, const Possibilities& made, NodeId node, std::uint32_t position) {
  const Graph& graph = facts.graph();
  const auto inputs = graph.inputs(node);
  if (position != 1) return true;
  switch (graph.kind(node)) {
    case Kind::only_if:
      return made.can(inputs[0], can_be_ok) && !is_always(graph, inputs[0], false);
    case Kind::or_else:
      return made.can(inputs[0], can_fail);
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      return facts.bounds(graph.owned_template(node)).most != 0u;
    default:
      return true;
  }
}

}  // namespace

bool is_always(const Graph& graph, NodeId condition, bool value) {
  if (graph.kind(condition) != Kind::constant) return false;
  const auto& held = *static_cast<const Value*>(graph.term(condition).payload);
  return held && &held.type() == &type_of<bool> && held.as<bool>() == value;
}

Possibilities possibilities_of(const Facts& facts) {
  Possibilities made{Sweep(facts).run(), NodeSet(facts.size())};
  const Graph& graph = facts.graph();
  made.wanted.add(graph.root());
  for (NodeId node = graph.size(); node-- > 0;) {
    if (!made.wanted.has(node)) continue;
    const auto inputs = graph.inputs(node);
    for (std::uint32_t i = 0; i < inputs.size(); ++i)
      if (asks(facts, made, node, i)) made.wanted.add(inputs[i]);
  }
  return made;
}

}  // namespace oche::detail
