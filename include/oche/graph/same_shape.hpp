// same_shape.hpp - whether a shape that the compiler made is that of a graph.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/graph/graph.hpp>
#include <oche/term/shape_of.hpp>

namespace oche {

namespace detail {
[[nodiscard]] Result<> same_shape(shape::View shape, const Graph& graph);
}  // namespace detail

/// That the graph has the kinds, names and edges of the shape, from the root back. What the shape's
/// function is given may be anything; plain values, which a shape does not see, are passed over.
///
///     CHECK(same_shape(shape_of<release>(), Graph(release(Var<Commit>("head", {}).term()))));
///
/// Fails: names the first pair that differs, with the line of the graph's.
template <std::size_t Spots, std::size_t Inputs>
[[nodiscard]] Result<> same_shape(const PipelineShape<Spots, Inputs>& shape, const Graph& graph) {
  return detail::same_shape(shape.view(), graph);
}

}  // namespace oche
