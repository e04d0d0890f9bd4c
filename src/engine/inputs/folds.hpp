// folds.hpp - which inputs may lose no value, since a fold takes them in.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>
#include <oche/term/payload.hpp>

#include <vector>

namespace oche::detail {

/// The inputs whose values reach a fold within a round: no step or command stands in between.
/// Cost: linear in the graph; nothing where there is no fold.
[[nodiscard]] std::vector<NodeId> folded_inputs(const Graph& graph);

/// What reads an input node's values.
[[nodiscard]] Source* source_of(const Node& input);

}  // namespace oche::detail
