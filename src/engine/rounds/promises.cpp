// promises.cpp - holds a hole to what it promised: may_run, never, at_most.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"
#include "term/line.hpp"
#include <oche/base/error.hpp>
#include <oche/term/step_payload.hpp>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oche::detail::rounds {
namespace {

/// What a promise may call a step or a command by.
std::vector<std::string_view> callable_by(const Graph& graph, NodeId node) {
  std::vector<std::string_view> names{graph.title(node)};
  const void* const payload = graph.term(node).payload;
  if (graph.kind(node) == Kind::step)
    names.push_back(static_cast<const StepPayload*>(payload)->name);
  else
    names.push_back(static_cast<const CommandPayload*>(payload)->spec.operation);
  return names;
}

bool has_any(const std::vector<std::string>& list, const std::vector<std::string_view>& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  });
}

const Contract& contract_of(const Graph& graph, NodeId hole) {
  return static_cast<const DynamicPayload*>(graph.term(hole).payload)->contract;
}

}  // namespace

void World::check_promises(const Region& region) const {
  const Graph& of = *region.graph;
  for (CellId hole = region.hole; hole != no_cell; hole = region_of(cells[hole].owner).hole) {
    const Contract& contract = contract_of(graph_of(hole), node_of(hole));
    if (contract.may_run.empty() && contract.never.empty()) continue;
    for (NodeId node = 0; node < of.size(); ++node) {
      if (!is_job(of.kind(node)) || !region.is_reached[node]) continue;
      const std::vector<std::string_view> names = callable_by(of, node);
      const bool is_never = has_any(contract.never, names);
      if (!is_never && (contract.may_run.empty() || has_any(contract.may_run, names))) continue;
      const std::string promise =
          is_never ? fmt::format("never to run {}", names.front())
                   : fmt::format("to run nothing but {}", fmt::join(contract.may_run, ", "));
      throw Error(Failure{
          .what = fmt::format("the hole promised {}, but builds {}", promise, names.front()),
          .facts = {{"built at", line_of(of.where(node))}},
          .hint = "change what `dynamic` promises, or what its function builds"});
    }
  }
}

std::optional<Failure> World::broken_bound(const Region& region) const {
  const std::optional<std::uint32_t> bound =
      contract_of(graph_of(region.hole), node_of(region.hole)).at_most;
  if (!bound || region.steps <= *bound) return std::nullopt;
  return Failure{.what = fmt::format("the hole promised at most {} steps, but builds {}", *bound,
                                     region.steps),
                 .facts = {{"built at", line_of(region.graph->where(region.graph->root()))}},
                 .hint = "change what `dynamic` promises, or what its function builds"};
}

}  // namespace oche::detail::rounds
