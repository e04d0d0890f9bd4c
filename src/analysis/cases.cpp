// cases.cpp - tells cases apart until a node's run is shown to be possible, or not to be.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/cases.hpp"

#include "analysis/collect.hpp"

#include <algorithm>

namespace oche::detail {

namespace {
constexpr std::uint64_t most_visits = 200'000'000;
constexpr std::uint64_t most_visits_for_fewest = 4'000'000;

constexpr std::uint8_t lowest(unsigned choices) {
  return static_cast<std::uint8_t>(choices & (~choices + 1));
}
}  // namespace

/// What going otherwise than wished costs, among what is allowed still.
struct Cases::Costs {
  const Cases& cases;
  [[nodiscard]] Cost own(NodeId node, Own what) const {
    if ((cases.own_[node] & what) == 0) return Cost::never();
    if (what == cases.wished_own_[node]) return Cost::always();
    return {what == own_active ? 2u : 1u};
  }
  [[nodiscard]] Cost value(NodeId node, Value2 what) const {
    const NodeId by = decider(node);
    if ((cases.values_[by] & cases.model_.values[node] & what) == 0) return Cost::never();
    return {what == cases.wished_values_[by] ? 0u : 1u};
  }
  [[nodiscard]] NodeId decider(NodeId node) const { return cases.deciders_[node]; }
};

/// Everything decided.
struct Cases::Fixed {
  const Cases& cases;
  [[nodiscard]] PolicyBits own(NodeId node, Own what) const {
    return cases.own_[node] == what ? PolicyBits::always() : PolicyBits::never();
  }
  [[nodiscard]] PolicyBits value(NodeId node, Value2 what) const {
    return cases.values_[cases.deciders_[node]] == what ? PolicyBits::always()
                                                        : PolicyBits::never();
  }
};

Cases::Cases(const Model& model, const Question& question)
    : model_(model),
      deciders_(model.size, no_node),
      own_(model.own),
      values_(model.size),
      is_asked_(model.size),
      asked_(question.asked),
      budget_(most_visits) {
  for (const NodeId node : asked_) {
    is_asked_[node] = true;
    own_[node] = static_cast<std::uint8_t>(own_[node] & ~unsigned{own_ok});
    if (own_[node] == 0) own_[node] = own_failed;
  }
  for (NodeId node = 0; node < model.size; ++node) {
    if (model.values[node] == 0) continue;
    const bool is_condition = model.rules[node] == Rule::only_if;
    const NodeId by = deciders_[node] = model.decider(node);
    unsigned may = model.values[node];
    if ((is_condition ? question.no_skips : question.no_empties) && (may & yes) != 0) may = yes;
    values_[by] = static_cast<std::uint8_t>(values_[by] == 0 ? may : may & values_[by]);
  }
  wished_own_.resize(model.size);
  wished_values_.resize(model.size);
  for (NodeId node = 0; node < model.size; ++node) {
    wished_own_[node] = lowest(own_[node]);
    wished_values_[node] = lowest(values_[node]);
  }
  candidates_ = candidates();
}

std::vector<Choice> Cases::candidates() const {
  std::vector<Choice> list;
  for (NodeId node = 0; node < model_.size; ++node) {
    for (unsigned what = 1; what <= own_skipped; what <<= 1) {
      const auto bit = static_cast<std::uint8_t>(what);
      if ((own_[node] & what) != 0 && bit != wished_own_[node] && !is_asked_[node])
        list.push_back({node, false, bit});
      if ((values_[node] & what) != 0 && bit != wished_values_[node])
        list.push_back({node, true, bit});
    }
  }
  return list;
}

Cases::Found Cases::solve(NodeId subject, std::vector<Choice>& scenario) {
  const Found found = search(subject, scenario);
  if (found == Found::possible) shrink(subject, scenario);
  return found;
}

Cases::Found Cases::search(NodeId subject, std::vector<Choice>& scenario) {
  if (budget_ < model_.size) return Found::gave_up;
  budget_ -= model_.size;
  const Costs choices{*this};
  sweep_outcomes(model_, choices, costs_);
  sweep_wanted(model_, choices, costs_, wanted_);
  if (!(wanted_[subject] & can_begin(model_, subject, costs_)).is_possible())
    return Found::impossible;
  Picks picks;
  const std::optional<Choice> both_ways = collect(subject, picks);
  if (!both_ways) {
    scenario.clear();
    for (const auto& [key, what] : picks) {
      const auto node = static_cast<NodeId>(key / 2);
      const bool is_value = key % 2 != 0;
      if (!is_value && is_asked_[node]) continue;
      if (what != (is_value ? wished_values_[node] : wished_own_[node]))
        scenario.push_back({node, is_value, what});
    }
    std::sort(scenario.begin(), scenario.end(),
              [](const Choice& a, const Choice& b) { return key_of(a) < key_of(b); });
    return Found::possible;
  }
  const std::uint8_t before = allowed(*both_ways);
  Found found = Found::impossible;
  for (unsigned what = 1; what <= own_skipped && found != Found::possible; what <<= 1) {
    if ((before & what) == 0) continue;
    allowed(*both_ways) = static_cast<std::uint8_t>(what);
    const Found one = search(subject, scenario);
    if (one != Found::impossible) found = one;
  }
  allowed(*both_ways) = before;
  return found;
}

std::optional<Choice> Cases::collect(NodeId subject, Picks& picks) const {
  const Costs choices{*this};
  Collector<Costs> collector(model_, choices, costs_, picks);
  using C = Collector<Costs>;
  for (const NodeId input : model_.inputs(subject))
    collector.demand(input, C::ok);
  // Up to the root by the cheapest readers.
  for (NodeId node = subject; node != model_.graph->root();) {
    Reader best{no_node, 0};
    Cost least = Cost::never();
    for (const Reader& reader : model_.graph->readers(node)) {
      const Cost one = wanted_[reader.node] &
                       asks<Cost>(model_, reader.node, reader.position, costs_.data(), choices);
      if (one.count < least.count) {
        least = one;
        best = reader;
      }
    }
    if (best.position == 1) {
      const NodeId first = model_.inputs(best.node)[0];
      if (model_.rules[best.node] == Rule::or_else) collector.demand(first, C::failed);
      if (model_.values[best.node] != 0) {
        collector.demand(first, C::ok);
        collector.pick_value(best.node, yes);
      }
    }
    node = best.node;
  }
  if (const auto key = collector.run())
    return Choice{static_cast<NodeId>(*key / 2), *key % 2 != 0, 0};
  return std::nullopt;
}

bool Cases::happens(NodeId subject, const std::vector<Choice>& scenario) {
  std::vector<std::uint8_t> own = wished_own_;
  std::vector<std::uint8_t> values = wished_values_;
  for (const Choice& one : scenario)
    (one.is_value ? values : own)[one.node] = one.what;
  own.swap(own_);
  values.swap(values_);
  const Fixed choices{*this};
  sweep_outcomes(model_, choices, facts_);
  sweep_wanted(model_, choices, facts_, facts_wanted_);
  own.swap(own_);
  values.swap(values_);
  return (facts_wanted_[subject] & can_begin(model_, subject, facts_)).bits != 0;
}

std::vector<NodeId> Cases::missed() const {
  std::vector<NodeId> list;
  for (const NodeId node : asked_)
    if ((facts_wanted_[node] & can_begin(model_, node, facts_)).bits != 0) list.push_back(node);
  return list;
}

void Cases::shrink(NodeId subject, std::vector<Choice>& scenario) {
  for (std::size_t i = scenario.size(); i-- > 0;) {
    std::vector<Choice> without = scenario;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    if (happens(subject, without)) scenario = std::move(without);
  }
  const std::uint64_t before = budget_;
  budget_ = most_visits_for_fewest;
  for (std::size_t size = 0; size < scenario.size(); ++size) {
    std::vector<Choice> chosen;
    if (find_smaller(subject, size, 0, chosen)) {
      scenario = std::move(chosen);
      break;
    }
  }
  budget_ = before;
  (void)happens(subject, scenario);
}

bool Cases::find_smaller(NodeId subject, std::size_t size, std::size_t from,
                         std::vector<Choice>& chosen) {
  if (chosen.size() == size) {
    if (budget_ < model_.size) return false;
    budget_ -= model_.size;
    return happens(subject, chosen);
  }
  for (std::size_t i = from; i < candidates_.size() && budget_ >= model_.size; ++i) {
    // Two choices of one thing are none.
    if (!chosen.empty() && key_of(chosen.back()) == key_of(candidates_[i])) continue;
    chosen.push_back(candidates_[i]);
    if (find_smaller(subject, size, i + 1, chosen)) return true;
    chosen.pop_back();
  }
  return false;
}

}  // namespace oche::detail
