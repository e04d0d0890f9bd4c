// outline_needs.hpp - what holds a step back, and without whose success it cannot run.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <map>
#include <vector>

namespace oche::detail {

/// Publishes, or is of level above_average or more.
[[nodiscard]] bool is_dangerous(const Facts& facts, NodeId node);

/// By dangerous step: the steps, commands and approvals without whose success it cannot run.
///
/// Exact as `check` is, where there are not too many pairs to look at case by case; beyond that a
/// need may be missed which only shows case by case, never one named that is none.
[[nodiscard]] std::map<NodeId, std::vector<NodeId>> needs_of_dangerous(const Facts& facts);

/// The controls of gates, conditions and approvals between a node and the work that it reads.
[[nodiscard]] std::vector<NodeId> held_by(const Graph& graph, NodeId node);

/// By node: the conditions without which nobody asks for it, sorted.
[[nodiscard]] std::vector<std::vector<NodeId>> asked_if(const Graph& graph);

}  // namespace oche::detail
