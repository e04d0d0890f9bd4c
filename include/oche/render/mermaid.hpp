// mermaid.hpp - a picture in Mermaid's language, which many sites draw inside Markdown.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

namespace oche {

/// The picture as a Mermaid flowchart. Cost: linear.
[[nodiscard]] std::string to_mermaid(const Picture& picture, const DrawOptions& options = {});
[[nodiscard]] std::string to_mermaid(const Graph& graph, const DrawOptions& options = {});

}  // namespace oche
