// svg.hpp - a picture, laid out.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

namespace oche {

/// The picture as one SVG document, laid out from left to right (or down).
///
/// Cost: Graphviz' layout, some 30 ms for 100 boxes, and far more than linear.
/// Threads: calls wait for each other.
/// Fails: throws oche::Error above 3,000 boxes, or if Graphviz has no `dot` layout here.
[[nodiscard]] std::string to_svg(const Picture& picture, const DrawOptions& options = {});
[[nodiscard]] std::string to_svg(const Graph& graph, const DrawOptions& options = {});

}  // namespace oche
