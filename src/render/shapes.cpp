// shapes.cpp - how each kind of box looks in Graphviz.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/shapes.hpp"

namespace oche::detail {

const BoxShape& shape_of(BoxKind kind, Direction direction) {
  // In the order of BoxKind.
  static constexpr std::array<BoxShape, box_kind_count> shapes = {{
      {},
      {},
      {.shape = "cds",
       .style = "filled",
       .fill = "#ddf4ff",
       .outline = "#0969da",
       .margin = "0.2,0.14"},
      {.shape = "note", .style = "filled", .fill = "#f6f8fa"},
      {.fill = "#f6f8fa", .outline = "#8c959f"},
      {.shape = "circle",
       .style = "filled",
       .fill = "#fff8c5",
       .outline = "#9a6700",
       .width = "0.24",
       .height = "0.24",
       .margin = "0"},
      {.shape = "hexagon",
       .style = "filled",
       .fill = "#fff8c5",
       .outline = "#9a6700",
       .margin = "0.03,0.03"},
      {.shape = "box",
       .style = "filled",
       .fill = "#57606a",
       .width = "0.06",
       .height = "0.6",
       .margin = "0"},
      {.shape = "octagon",
       .style = "filled",
       .fill = "#e6ecff",
       .outline = "#4975ff",
       .margin = "0.03,0.03"},
      {.shape = "cylinder", .style = "filled", .fill = "#f6f8fa"},
      {.style = "rounded,dashed,filled", .fill = "#ffffff", .outline = "#8250df"},
      {.shape = "folder", .style = "filled", .fill = "#f6f8fa"},
      {.fill = "#f4f1ff", .outline = "#8250df", .periphery = "2"},
  }};
  static constexpr BoxShape flat_join = {.shape = "box",
                                         .style = "filled",
                                         .fill = "#57606a",
                                         .width = "0.6",
                                         .height = "0.06",
                                         .margin = "0"};
  if (kind == BoxKind::join && direction == Direction::down) return flat_join;
  return shapes[static_cast<std::size_t>(kind)];
}

const FrameShape& shape_of(FrameKind kind) {
  static constexpr FrameShape shapes[] = {
      {"rounded,filled", "#fafbfc", "#d0d7de"},
      {"rounded,filled", "#f9f7ff", "#8250df"},
      {"rounded,filled", "#f9f7ff", "#8250df"},
      {"rounded,filled", "#ffffff", "#d8ccf5"},
  };
  return shapes[static_cast<std::size_t>(kind)];
}

}  // namespace oche::detail
