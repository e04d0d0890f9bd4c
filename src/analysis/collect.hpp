// collect.hpp - which choices a cheapest way to an outcome takes.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/model.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace oche::detail {

/// Walks from what is demanded down to choices, following the costs of a sweep. Not recursive.
template <class Choices>
class Collector {
 public:
  enum Demand : std::uint8_t { ok, failed, skipped };
  using Picks = std::unordered_map<std::uint64_t, std::uint8_t>;

  Collector(const Model& model, const Choices& choices, const std::vector<Can<Cost>>& at,
            Picks& picks)
      : model_(model), choices_(choices), at_(at), picks_(picks) {}

  void demand(NodeId node, Demand outcome) {
    if (seen_.insert(std::uint64_t{node} * 3 + outcome).second) open_.emplace_back(node, outcome);
  }
  void pick_value(NodeId node, Value2 what) {
    pick(std::uint64_t{choices_.decider(node)} * 2 + 1, what);
  }
  /// The first choice that is needed both ways, by its key.
  [[nodiscard]] std::optional<std::uint64_t> run() {
    while (!open_.empty() && !conflict_) {
      const auto [node, outcome] = open_.back();
      open_.pop_back();
      explain(node, outcome);
    }
    return conflict_;
  }

 private:
  static Cost of(const Can<Cost>& can, Demand outcome) {
    return outcome == ok ? can.ok : outcome == failed ? can.failed : can.skipped;
  }
  void pick(std::uint64_t key, std::uint8_t what) {
    const auto [entry, is_new] = picks_.emplace(key, what);
    if (!is_new && entry->second != what && !conflict_) conflict_ = key;
  }
  void demand_one_of(NodeId node, std::initializer_list<Demand> outcomes) {
    Demand best = *outcomes.begin();
    for (const Demand one : outcomes)
      if (of(at_[node], one).count < of(at_[node], best).count) best = one;
    demand(node, best);
  }
  [[nodiscard]] std::size_t cheapest(std::span<const NodeId> in, Demand outcome) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < in.size(); ++i)
      if (of(at_[in[i]], outcome).count < of(at_[in[best]], outcome).count) best = i;
    return best;
  }

  /// One input has the outcome, and the others let it show.
  void demand_together(std::span<const NodeId> in, Demand outcome) {
    if (outcome == ok) {
      for (const NodeId input : in)
        demand(input, ok);
      return;
    }
    const std::size_t chosen = cheapest(in, outcome);
    demand(in[chosen], outcome);
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (i == chosen || outcome == failed) continue;
      demand_one_of(in[i], {ok, skipped});
    }
  }

  void demand_successes(std::span<const NodeId> in, Demand outcome) {
    if (in.empty()) return;
    if (outcome == failed) {
      demand_together(in, outcome);
      return;
    }
    if (outcome == skipped) {
      for (const NodeId input : in)
        demand(input, skipped);
      return;
    }
    const std::size_t good = cheapest(in, ok);
    demand(in[good], ok);
    for (std::size_t i = 0; i < in.size(); ++i)
      if (i != good) demand_one_of(in[i], {ok, skipped});
  }

  /// Of `first` (together) and then `then`, which itself has the outcome at `then_cost`: true if it
  /// is `then`'s, and all of `first` is ok.
  bool demand_followed(std::span<const NodeId> first, Demand outcome, Cost then_cost) {
    Can<Cost> before = together<Cost>(first, at_.data());
    if (outcome == ok || (before.ok & then_cost).count <= of(before, outcome).count) {
      demand_together(first, ok);
      return true;
    }
    demand_together(first, outcome);
    return false;
  }

  void explain(NodeId node, Demand outcome) {
    const auto in = model_.inputs(node);
    switch (model_.rules[node]) {
      case Rule::own: {
        const Own own = outcome == ok ? own_ok : outcome == failed ? own_failed : own_skipped;
        if (in.empty() || demand_followed(in, outcome, choices_.own(node, own)))
          pick(std::uint64_t{node} * 2, own);
        return;
      }
      case Rule::all:
        demand_successes(in, outcome);
        return;
      case Rule::gate:
        if (demand_followed(in.subspan(1), outcome, of(at_[in[0]], outcome)))
          demand(in[0], outcome);
        return;
      case Rule::only_if:
      case Rule::list:
      case Rule::iter: {
        const Demand when_not = model_.rules[node] == Rule::only_if ? skipped : ok;
        const Cost through = choices_.value(node, yes) & of(at_[in[1]], outcome);
        const Cost around = outcome == when_not ? choices_.value(node, no_) : Cost::never();
        if (!demand_followed(in.first(1), outcome, through | around)) return;
        pick_value(node, around.count < through.count ? no_ : yes);
        if (through.count <= around.count) demand(in[1], outcome);
        return;
      }
      case Rule::attempt:
        if (outcome == ok)
          demand_one_of(in[0], {ok, failed});
        else
          demand(in[0], outcome);
        return;
      case Rule::state_of:
        return;
      case Rule::or_else: {
        const Cost through = at_[in[0]].failed & of(at_[in[1]], outcome);
        if (outcome != failed && of(at_[in[0]], outcome).count <= through.count) {
          demand(in[0], outcome);
        } else {
          demand(in[0], failed);
          demand(in[1], outcome);
        }
        return;
      }
      case Rule::advisory:
        if (outcome == ok)
          demand_one_of(in[0], {ok, failed, skipped});
        else
          demand(in[0], outcome);
        return;
    }
  }

  const Model& model_;
  const Choices& choices_;
  const std::vector<Can<Cost>>& at_;
  Picks& picks_;
  std::unordered_set<std::uint64_t> seen_;
  std::vector<std::pair<NodeId, Demand>> open_;
  std::optional<std::uint64_t> conflict_;
};

}  // namespace oche::detail
