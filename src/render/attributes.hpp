// attributes.hpp - the attributes of nodes and edges that drawings use, with their defaults.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "render/shapes.hpp"

#include <cgraph.h>

#include <string_view>

namespace oche::detail {

struct Attribute {
  int kind;  ///< AGNODE or AGEDGE
  std::string_view name;
  std::string_view value;  ///< what applies to all that say nothing; empty: Graphviz' own
};

/// In the order of `attributes`.
enum class At : std::uint8_t {
  node_colour,
  node_fill,
  node_fixed,
  node_font_colour,
  node_font,
  node_font_size,
  node_height,
  node_label,
  node_link,
  node_margin,
  node_pen,
  node_periphery,
  node_shape,
  node_style,
  node_tip,
  node_width,
  edge_colour,
  edge_font_colour,
  edge_font,
  edge_font_size,
  edge_head,
  edge_head_size,
  edge_label,
  edge_style,
};

inline constexpr Attribute attributes[] = {
    {AGNODE, "color", line_colour},
    {AGNODE, "fillcolor", "#ffffff"},
    {AGNODE, "fixedsize", "false"},
    {AGNODE, "fontcolor", text_colour},
    {AGNODE, "fontname", font},
    {AGNODE, "fontsize", "11"},
    {AGNODE, "height", "0.36"},
    {AGNODE, "label", "\\N"},
    {AGNODE, "URL", ""},
    {AGNODE, "margin", "0.14,0.07"},
    {AGNODE, "penwidth", "1.1"},
    {AGNODE, "peripheries", "1"},
    {AGNODE, "shape", "box"},
    {AGNODE, "style", "rounded,filled"},
    {AGNODE, "tooltip", ""},
    {AGNODE, "width", "0.5"},
    {AGEDGE, "color", line_colour},
    {AGEDGE, "fontcolor", small_colour},
    {AGEDGE, "fontname", font},
    {AGEDGE, "fontsize", "9"},
    {AGEDGE, "arrowhead", "normal"},
    {AGEDGE, "arrowsize", "0.65"},
    {AGEDGE, "label", ""},
    {AGEDGE, "style", ""},
};
inline constexpr std::size_t attribute_count = std::size(attributes);
static_assert(attribute_count == static_cast<std::size_t>(At::edge_style) + 1);

}  // namespace oche::detail
