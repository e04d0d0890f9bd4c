// possible.hpp - which outcomes each node can have at all, and which nodes are ever asked for.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/node_set.hpp"
#include <oche/analysis/facts.hpp>

#include <cstdint>
#include <vector>

namespace oche::detail {

/// A set of outcomes, as bits.
using Possible = unsigned;
inline constexpr Possible can_be_ok = 1;
inline constexpr Possible can_fail = 2;
inline constexpr Possible can_skip = 4;
inline constexpr Possible can_wait = 8;

/// What can become of every node, whatever functions, programs, inputs and people do.
///
/// More than what is possible may be in it: a function that never throws counts as one that may.
struct Possibilities {
  std::vector<std::uint8_t> outcomes;  ///< by node
  NodeSet wanted;                      ///< may be asked for
  [[nodiscard]] bool can(NodeId node, Possible what) const { return (outcomes[node] & what) != 0; }
};
[[nodiscard]] Possibilities possibilities_of(const Facts& facts);

/// True for a condition that is written down as that.
[[nodiscard]] bool is_always(const Graph& graph, NodeId condition, bool value);

}  // namespace oche::detail
