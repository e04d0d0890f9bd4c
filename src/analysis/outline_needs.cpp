// outline_needs.cpp - what holds a step back, and without whose success it cannot run.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/outline_needs.hpp"

#include "analysis/cases.hpp"
#include "analysis/forcing.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <unordered_set>

namespace oche::detail {
namespace {

/// So many pairs are looked at case by case; each costs a sweep or more.
constexpr std::size_t most_pairs = 512;
/// Of conditions within each other; what is deeper is not told apart.
constexpr std::size_t most_conditions = 64;

std::vector<NodeId> dangerous_nodes(const Facts& facts) {
  std::vector<NodeId> found;
  for (NodeId node = 0; node < facts.size(); ++node)
    if (is_dangerous(facts, node)) found.push_back(node);
  return found;
}

/// Everything that could stand before one of them: whatever they need, by whatever edge, and what
/// decides whether they are asked for.
std::vector<NodeId> candidates_of(const Facts& facts) {
  const Graph& graph = facts.graph();
  std::vector<NodeId> found;
  for (NodeId node = 0; node < facts.size(); ++node)
    if ((facts.is_work(node) && !facts.is_reading(node)) || graph.kind(node) == Kind::approve)
      found.push_back(node);
  return found;
}

bool is_end(Kind kind) {
  return is_job(kind) || kind == Kind::input || kind == Kind::fold || kind == Kind::dynamic;
}

/// Where controls stand together, each is one that may be taken out; but many are shown as one.
void add_controls(const Graph& graph, std::span<const NodeId> controls, std::vector<NodeId>& held) {
  constexpr std::size_t most_apart = 32;
  std::vector<NodeId> left(controls.begin(), controls.end());
  std::unordered_set<NodeId> seen;
  while (!left.empty()) {
    const NodeId control = left.back();
    left.pop_back();
    if (!seen.insert(control).second) continue;
    const auto parts = graph.inputs(control);
    if (graph.kind(control) == Kind::all && parts.size() <= most_apart)
      left.insert(left.end(), parts.begin(), parts.end());
    else
      held.push_back(control);
  }
}

}  // namespace

bool is_dangerous(const Facts& facts, NodeId node) {
  return facts.is_work(node) &&
         (facts.publishes(node) || facts.level(node) >= Level::above_average);
}

std::map<NodeId, std::vector<NodeId>> needs_of_dangerous(const Facts& facts) {
  std::map<NodeId, std::vector<NodeId>> needs;
  const std::vector<NodeId> subjects = dangerous_nodes(facts);
  if (subjects.empty()) return needs;
  const Model model(facts);
  const std::vector<NodeId> candidates = candidates_of(facts);
  std::size_t pairs = candidates.size() * subjects.size();
  for (std::size_t at = 0; at < candidates.size(); at += 64) {
    const std::size_t count = std::min<std::size_t>(64, candidates.size() - at);
    QuestionBatch batch;
    batch.is_asked.resize(model.size);
    for (std::size_t i = 0; i < count; ++i) {
      batch.asked[candidates[at + i]] |= std::uint64_t{1} << i;
      batch.is_asked[candidates[at + i]] = true;
    }
    sweep(model, batch);
    for (const NodeId subject : subjects) {
      const std::uint64_t may = may_run(model, batch, subject);
      for (std::size_t i = 0; i < count; ++i) {
        const NodeId other = candidates[at + i];
        if (other == subject) continue;
        bool is_needed = (may >> i & 1) == 0;
        if (!is_needed && pairs <= most_pairs) {
          std::vector<Choice> scenario;
          Cases cases(model, Question{{other}});
          is_needed = cases.solve(subject, scenario) == Cases::Found::impossible;
        }
        if (is_needed) needs[subject].push_back(other);
      }
    }
  }
  return needs;
}

std::vector<NodeId> held_by(const Graph& graph, NodeId node) {
  std::vector<NodeId> held;
  const auto own = graph.inputs(node);
  std::vector<NodeId> left(own.begin(), own.end());
  std::unordered_set<NodeId> seen;
  while (!left.empty()) {
    const NodeId one = left.back();
    left.pop_back();
    if (is_end(graph.kind(one)) || !seen.insert(one).second) continue;
    const auto inputs = graph.inputs(one);
    const Kind kind = graph.kind(one);
    if (kind == Kind::gate) {
      add_controls(graph, inputs.subspan(1), held);
      left.push_back(inputs[0]);
    } else if (kind == Kind::only_if) {
      held.push_back(inputs[0]);
      left.push_back(inputs[1]);
    } else {
      if (kind == Kind::approve) held.push_back(one);
      left.insert(left.end(), inputs.begin(), inputs.end());
    }
  }
  return held;
}

std::vector<std::vector<NodeId>> asked_if(const Graph& graph) {
  std::vector<std::vector<NodeId>> conditions(graph.size());
  for (NodeId node = graph.size(); node-- > 0;) {
    bool is_first = true;
    for (const Reader& reader : graph.readers(node)) {
      std::vector<NodeId> here = conditions[reader.node];
      const NodeId condition = graph.inputs(reader.node)[0];
      if (graph.kind(reader.node) == Kind::only_if && reader.position == 1 &&
          here.size() < most_conditions &&
          std::find(here.begin(), here.end(), condition) == here.end())
        here.insert(std::lower_bound(here.begin(), here.end(), condition), condition);
      if (is_first) {
        conditions[node] = std::move(here);
      } else {
        std::vector<NodeId> both;
        std::set_intersection(conditions[node].begin(), conditions[node].end(), here.begin(),
                              here.end(), std::back_inserter(both));
        conditions[node] = std::move(both);
      }
      is_first = false;
    }
  }
  return conditions;
}

}  // namespace oche::detail
