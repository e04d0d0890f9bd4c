// sizes.hpp - how many items each list of a graph can have.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <vector>

namespace oche::detail {

/// By template. Exact for lists that are written down, one at most for an optional; what passes a
/// list on, or makes one of another, keeps its size. Nothing is known of what functions make.
[[nodiscard]] std::vector<SizeBounds> template_bounds(const Graph& graph);

/// Of a list within a list. Stays at the largest number when it would be larger.
[[nodiscard]] SizeBounds multiplied(SizeBounds a, SizeBounds b);

}  // namespace oche::detail
