// outlook.cpp - how much is still to be done from each step on.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/outlook.hpp"

#include "analysis/plain_paths.hpp"

#include <algorithm>
#include <utility>

// Goal: for each node the longest path behind it, in what it could lead to.
// Readers stand behind what they read, so one sweep from the end is enough. What a condition, a
// fallback or a list asks for later stands behind what decides about it, too: behind the first
// input of such a node comes what only it asks for, and then what reads the node. How long that is,
// a sweep forward has found: the longest chain, ending in the second input, of what nobody else
// asks for at once.

namespace oche::detail {
namespace {

/// Sums of times stay below it, whatever the store says.
constexpr Duration no_longer = std::chrono::hours(24 * 365 * 30);

Duration sum(Duration a, Duration b) { return std::min(a + b, no_longer); }

/// Whether it asks for its second input only when the first has said so.
bool chooses(Kind kind) {
  switch (kind) {
    case Kind::only_if:
    case Kind::or_else:
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      return true;
    default:
      return false;
  }
}

std::vector<bool> asked_at_once(const Graph& graph) {
  std::vector<bool> asked(graph.size());
  asked[graph.root()] = true;
  for (NodeId node = graph.size(); node-- > 0;) {
    if (!asked[node]) continue;
    const std::span<const NodeId> inputs = graph.inputs(node);
    const std::size_t count = chooses(graph.kind(node)) ? 1 : inputs.size();
    for (const NodeId input : inputs.first(std::min(count, inputs.size())))
      asked[input] = true;
  }
  return asked;
}

/// By node: the longest chain that ends in it, of what is not asked for at once.
std::vector<Duration> chains(const Graph& graph, const std::vector<Duration>& times) {
  const std::vector<bool> asked = asked_at_once(graph);
  std::vector<Duration> chain(graph.size());
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (asked[node]) continue;
    const std::span<const NodeId> inputs = graph.inputs(node);
    Duration before{};
    for (const NodeId input : inputs)
      before =
          chooses(graph.kind(node)) ? sum(before, chain[input]) : std::max(before, chain[input]);
    chain[node] = sum(before, times[node]);
  }
  return chain;
}

}  // namespace

Outlook::Outlook(const Graph& graph, const Times& usual) {
  find_times(graph, usual);
  fill_times(graph);
  find_remaining(graph);
}

Outlook Outlook::of_nodes(const Graph& graph, std::vector<Duration> usual) {
  Outlook made;
  made.remaining_ = std::move(usual);
  for (NodeId node = 0; node < graph.size(); ++node) {
    Duration& time = made.remaining_[node];
    if (!is_job(graph.kind(node)) || time < Duration{}) continue;
    time = std::min(time, no_longer);
    made.unknown_ = std::max(made.unknown_, time);
  }
  made.fill_times(graph);
  made.find_remaining(graph);
  return made;
}

/// For now, `remaining_` is what each node needs itself; negative where that is not known.
void Outlook::find_times(const Graph& graph, const Times& usual) {
  constexpr Duration not_known{-1};
  remaining_.assign(graph.size(), not_known);
  const forecast::PlainPaths plain(graph);
  for (const auto& [path, duration] : usual) {
    const std::optional<NodeId> node = graph.find(plain.of(path));
    if (!node || !is_job(graph.kind(*node))) continue;
    const Duration time = std::clamp(duration, Duration{}, no_longer);
    remaining_[*node] = std::max(remaining_[*node], time);
    unknown_ = std::max(unknown_, time);
    if (graph.template_of(*node) != 0) of_instance_.emplace(path, time);
  }
}

void Outlook::fill_times(const Graph& graph) {
  if (unknown_ == Duration{}) unknown_ = std::chrono::seconds(1);
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (!is_job(graph.kind(node))) {
      remaining_[node] = Duration{};
    } else if (remaining_[node] < Duration{}) {
      remaining_[node] = unknown_;
    }
    if (is_job(graph.kind(node)) && graph.template_of(node) != 0)
      of_template_.emplace(node, remaining_[node]);
  }
}

void Outlook::find_remaining(const Graph& graph) {
  const std::vector<Duration> chain = chains(graph, remaining_);
  std::vector<Duration> behind(graph.size());
  for (NodeId node = graph.size(); node-- > 0;) {
    remaining_[node] = sum(remaining_[node], behind[node]);
    const std::span<const NodeId> inputs = graph.inputs(node);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const bool decides = i == 0 && inputs.size() > 1 && chooses(graph.kind(node));
      const Duration from_here =
          decides ? sum(remaining_[node], chain[inputs[1]]) : remaining_[node];
      behind[inputs[i]] = std::max(behind[inputs[i]], from_here);
    }
  }
}

Duration Outlook::remaining(NodeId step, std::string_view path) const {
  const auto known = of_template_.find(step);
  if (known == of_template_.end()) return remaining_[step];
  const auto own = of_instance_.find(path);
  if (own == of_instance_.end()) return remaining_[step];
  return remaining_[step] - known->second + own->second;
}

Duration Outlook::remaining_in(NodeId hole) const { return sum(remaining_[hole], unknown_); }

}  // namespace oche::detail
