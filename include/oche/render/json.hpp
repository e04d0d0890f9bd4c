// json.hpp - a picture as JSON, and back.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

namespace oche {

/// The picture as JSON in the schema of docs/graph-json.md, one node or edge a line.
[[nodiscard]] std::string to_json(const Picture& picture);
/// The same with the pipeline's outline beside the picture: the JSON that analysis makes of it.
[[nodiscard]] std::string to_json(const Picture& picture, std::string_view outline);
/// Everything open, nothing left out.
[[nodiscard]] std::string to_json(const Graph& graph);

/// The picture that `to_json` wrote.
/// Fails: `at 3:14: …` where it is no JSON, `at /nodes/2/kind: …` where it is no picture.
[[nodiscard]] Result<Picture> picture_from_json(std::string_view text);

}  // namespace oche
