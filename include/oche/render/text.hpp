// text.hpp - a picture for a terminal.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

namespace oche {

struct TextOptions {
  TextStyle style = TextStyle::plain;
  std::size_t width = 0;        ///< lines are cut there; 0: not at all
  bool marks_explained = true;  ///< a last line that says what the marks mean
};

/// The picture as a tree: a box stands under the last of those that it needs, and names the others.
///
///     ◆ main
///     └─● fetch
///       ├─● lint         flake8 .
///       ├─● tests        test: pytest
///       └─● wheel        build: python3 setup.py bdist_wheel
///         └─◎ gate       after tests, lint
///           └─● publish
///
/// Cost: linear in boxes and arrows.
[[nodiscard]] std::string to_text(const Picture& picture, const TextOptions& options = {});
[[nodiscard]] std::string to_text(const Graph& graph, const TextOptions& options = {});

}  // namespace oche
