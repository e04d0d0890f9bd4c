// wildcard.hpp - patterns over the paths of nodes: `*` and `?` within a level, `**` over levels.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace oche::detail {

// Unlike a pattern over files (base/pattern.hpp), brackets and backslashes mean themselves: labels
// have them.

[[nodiscard]] bool has_wildcard(std::string_view text);
/// Does the whole path match, level by level? Cost: at most the levels of both multiplied.
[[nodiscard]] bool path_matches(std::string_view pattern, std::string_view path);
/// Does the whole text match, where a slash is a character like any other?
[[nodiscard]] bool text_matches(std::string_view pattern, std::string_view name);

}  // namespace oche::detail
