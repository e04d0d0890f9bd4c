// path_pattern.hpp - patterns of paths with a star for the items of a list.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <string_view>

namespace oche::detail {

/// Level by level: `*` stands for one, `**` at the end for one or more.
[[nodiscard]] inline bool fits_path(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    if (pattern == "**") return true;
    const std::string_view wished = pattern.substr(0, pattern.find('/'));
    const std::string_view level = path.substr(0, path.find('/'));
    if (wished != "*" && wished != level) return false;
    pattern.remove_prefix(std::min(pattern.size(), wished.size() + 1));
    path.remove_prefix(std::min(path.size(), level.size() + 1));
  }
  return pattern.empty() && path.empty();
}

}  // namespace oche::detail
