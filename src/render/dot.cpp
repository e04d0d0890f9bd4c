// dot.cpp - a picture in Graphviz' language.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/dot.hpp>

#include "render/graphviz.hpp"

namespace oche {

std::string to_dot(const Picture& picture, const DrawOptions& options) {
  const std::lock_guard lock(detail::graphviz_mutex());
  return detail::written(picture, detail::drawn(picture, options, detail::Purpose::writing));
}

std::string to_dot(const Graph& graph, const DrawOptions& options) {
  return to_dot(picture(graph), options);
}

}  // namespace oche
