// shapes.hpp - how each kind of box looks in Graphviz.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <string_view>

namespace oche::detail {

/// Empty: the default of the whole graph, a rounded white box.
struct BoxShape {
  std::string_view shape = {};
  std::string_view style = {};
  std::string_view fill = {};
  std::string_view outline = {};
  std::string_view periphery = {};
  std::string_view width = {};  ///< with height: a fixed size
  std::string_view height = {};
  std::string_view margin = {};
};
[[nodiscard]] const BoxShape& shape_of(BoxKind kind, Direction direction);

struct FrameShape {
  std::string_view style;
  std::string_view fill;
  std::string_view outline;
};
[[nodiscard]] const FrameShape& shape_of(FrameKind kind);

inline constexpr std::string_view text_colour = "#1f2328";
inline constexpr std::string_view small_colour = "#57606a";
inline constexpr std::string_view pale_colour = "#8c959f";
inline constexpr std::string_view line_colour = "#57606a";
inline constexpr std::string_view font = "Helvetica,Arial,sans-serif";

}  // namespace oche::detail
