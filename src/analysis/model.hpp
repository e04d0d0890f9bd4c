// model.hpp - how a node's outcome follows from its inputs', over any algebra of possibilities.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/arrays.hpp"
#include <oche/analysis/facts.hpp>

#include <cstdint>
#include <span>
#include <vector>

// A node's outcome is settled by its inputs' outcomes and by choices: what a step's own run gives,
// whether a condition is true, whether a list is empty. `outcome_of` says for each of the
// outcomes whether (or how easily) it can be had, with | for alternatives and & for conjunctions.
// Over bits it answers for 64 policies at once; over costs it counts what must go wrong. Inputs are
// taken to be independent of each other, so "can" may be too generous where they share a choice;
// cases.hpp tells such cases apart. With every choice fixed it is exact, and simply evaluates.

namespace oche::detail {

/// What can become of a node. That it waits for ever is not among it: no other outcome needs that.
template <class W>
struct Can {
  W ok = W::never();
  W failed = W::never();
  W skipped = W::never();
};

/// One bit for each of 64 policies.
struct PolicyBits {
  std::uint64_t bits = 0;
  static constexpr PolicyBits never() { return {0}; }
  static constexpr PolicyBits always() { return {~std::uint64_t{0}}; }
  friend constexpr PolicyBits operator|(PolicyBits a, PolicyBits b) { return {a.bits | b.bits}; }
  friend constexpr PolicyBits operator&(PolicyBits a, PolicyBits b) { return {a.bits & b.bits}; }
};

/// How many things must go otherwise than wished; an upper bound where parts are shared.
struct Cost {
  static constexpr std::uint32_t limit = 1u << 30;
  std::uint32_t count = limit;
  static constexpr Cost never() { return {limit}; }
  static constexpr Cost always() { return {0}; }
  friend constexpr Cost operator|(Cost a, Cost b) { return a.count < b.count ? a : b; }
  friend constexpr Cost operator&(Cost a, Cost b) {
    return {a.count + b.count < limit ? a.count + b.count : limit};
  }
  [[nodiscard]] constexpr bool is_possible() const { return count < limit; }
};

enum class Rule : std::uint8_t {
  own,
  all,
  gate,
  only_if,
  list,
  iter,
  attempt,
  state_of,
  or_else,
  advisory
};

/// The choices of a node itself: what its own run gives, if its inputs are ok.
enum Own : std::uint8_t { own_ok = 1, own_failed = 2, own_active = 4, own_skipped = 8 };
/// The choices of a value: of a condition, and of a list.
enum Value2 : std::uint8_t { yes = 1, no_ = 2 };

/// A graph as flat arrays of what the sweeps need.
struct Model {
  explicit Model(const Facts& facts);

  const Facts* facts;
  const Graph* graph;
  NodeId size;
  const GraphArrays* arrays;
  std::vector<Rule> rules;
  /// Possible `Own` of every node.
  std::vector<std::uint8_t> own;
  /// Of an only_if or a list: the possible `Value2` of its condition (true, false) or of its list's
  /// size (some, none). Else 0.
  std::vector<std::uint8_t> values;

  [[nodiscard]] std::span<const NodeId> inputs(NodeId node) const {
    return arrays->inputs_of(node);
  }
  /// Whose value decides: the condition of an only_if, or the list of a list node, through all that
  /// only passes it on.
  [[nodiscard]] NodeId decider(NodeId node) const;
};

/// What inputs give together where each must be ok (semantics §2).
template <class W>
Can<W> together(std::span<const NodeId> inputs, const Can<W>* at) {
  Can<W> all{W::always(), W::never(), W::never()};
  W quiet = W::always();
  for (const NodeId input : inputs) {
    const Can<W>& one = at[input];
    all.ok = all.ok & one.ok;
    all.failed = all.failed | one.failed;
    all.skipped = all.skipped | one.skipped;
    quiet = quiet & (one.ok | one.skipped);
  }
  all.skipped = all.skipped & quiet;
  return all;
}

/// The same for success only: skipped counts as success.
template <class W>
Can<W> successes(std::span<const NodeId> inputs, const Can<W>* at) {
  if (inputs.empty()) return {W::always(), W::never(), W::never()};
  Can<W> all{W::never(), W::never(), W::always()};
  W quiet = W::always();
  for (const NodeId input : inputs) {
    const Can<W>& one = at[input];
    all.ok = all.ok | one.ok;
    all.failed = all.failed | one.failed;
    all.skipped = all.skipped & one.skipped;
    quiet = quiet & (one.ok | one.skipped);
  }
  all.ok = all.ok & quiet;
  return all;
}

/// `first`, and `then` where that is ok under the condition `when`.
template <class W>
Can<W> followed_by(const Can<W>& first, W when, const Can<W>& then) {
  const W ok = first.ok & when;
  return {ok & then.ok, first.failed | (ok & then.failed), first.skipped | (ok & then.skipped)};
}

/// `Choices` gives a W for each choice: own(node, Own), value(node, Value2).
template <class W, class Choices>
Can<W> outcome_of(const Model& model, NodeId node, const Can<W>* at, const Choices& choices) {
  const std::span<const NodeId> in = model.inputs(node);
  switch (model.rules[node]) {
    case Rule::own: {
      const Can<W> own{choices.own(node, own_ok), choices.own(node, own_failed),
                       choices.own(node, own_skipped)};
      if (in.empty()) return own;
      if (in.size() == 1) return followed_by(at[in[0]], W::always(), own);
      return followed_by(together<W>(in, at), W::always(), own);
    }
    case Rule::all:
      return successes<W>(in, at);
    case Rule::gate:
      return followed_by(together<W>(in.subspan(1), at), W::always(), at[in[0]]);
    case Rule::only_if: {
      Can<W> made = followed_by(at[in[0]], choices.value(node, yes), at[in[1]]);
      made.skipped = made.skipped | (at[in[0]].ok & choices.value(node, no_));
      return made;
    }
    case Rule::list:
    case Rule::iter: {
      Can<W> made = followed_by(at[in[0]], choices.value(node, yes), at[in[1]]);
      made.ok = made.ok | (at[in[0]].ok & choices.value(node, no_));
      return made;
    }
    case Rule::attempt:
      return {at[in[0]].ok | at[in[0]].failed, W::never(), at[in[0]].skipped};
    case Rule::state_of:
      return {W::always(), W::never(), W::never()};
    case Rule::or_else: {
      const Can<W>& x = at[in[0]];
      const Can<W>& y = at[in[1]];
      return {x.ok | (x.failed & y.ok), x.failed & y.failed, x.skipped | (x.failed & y.skipped)};
    }
    case Rule::advisory: {
      const Can<W>& x = at[in[0]];
      return {x.ok | x.failed | x.skipped, W::never(), W::never()};
    }
  }
  return {};
}

/// Under which condition a wanted node asks for its input at `position`.
template <class W, class Choices>
W asks(const Model& model, NodeId node, std::uint32_t position, const Can<W>* at,
       const Choices& choices) {
  if (position != 1) return W::always();
  const NodeId first = model.inputs(node)[0];
  switch (model.rules[node]) {
    case Rule::only_if:
    case Rule::list:
    case Rule::iter:
      return at[first].ok & choices.value(node, yes);
    case Rule::or_else:
      return at[first].failed;
    default:
      return W::always();
  }
}

template <class W, class Choices>
void sweep_outcomes(const Model& model, const Choices& choices, std::vector<Can<W>>& at) {
  at.resize(model.size);
  for (NodeId node = 0; node < model.size; ++node)
    at[node] = outcome_of<W>(model, node, at.data(), choices);
}

/// Which nodes can be wanted, from the root down.
template <class W, class Choices>
void sweep_wanted(const Model& model, const Choices& choices, const std::vector<Can<W>>& at,
                  std::vector<W>& wanted) {
  wanted.assign(model.size, W::never());
  wanted[model.graph->root()] = W::always();
  for (NodeId node = model.graph->root() + 1; node-- > 0;) {
    const W own = wanted[node];
    const auto in = model.inputs(node);
    const bool is_lazy = in.size() == 2 && model.rules[node] >= Rule::only_if;
    for (std::uint32_t i = 0; i < in.size(); ++i) {
      const W asked = is_lazy && i == 1 ? own & asks<W>(model, node, i, at.data(), choices) : own;
      wanted[in[i]] = wanted[in[i]] | asked;
    }
  }
}

/// Whether a node's work can begin: all that it is given is ok. Wanting it is another matter.
template <class W>
W can_begin(const Model& model, NodeId node, const std::vector<Can<W>>& at) {
  W ok = W::always();
  for (const NodeId input : model.inputs(node))
    ok = ok & at[input].ok;
  return ok;
}

}  // namespace oche::detail
