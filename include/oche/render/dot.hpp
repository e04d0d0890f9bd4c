// dot.hpp - a picture in Graphviz' language.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

namespace oche {

/// The picture as a directed graph in DOT. Nodes are called by their paths, groups are clusters;
/// the
/// same picture gives the same text.
///
/// Cost: linear, some microseconds a box. Threads: calls wait for each other.
[[nodiscard]] std::string to_dot(const Picture& picture, const DrawOptions& options = {});
[[nodiscard]] std::string to_dot(const Graph& graph, const DrawOptions& options = {});

}  // namespace oche
