// sketch.hpp - every node and every drawn item of a graph, before anything is left out.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <deque>
#include <string>
#include <vector>

namespace oche::detail {

inline constexpr std::uint32_t nothing = ~std::uint32_t{0};

/// An input of a spot. `label` is a literal, or null.
struct Wire {
  std::uint32_t from;
  Edge kind;
  const char* label;
};

/// A node, or one node of one item.
struct Spot {
  NodeId node = no_node;
  std::uint32_t frame = 0;
  std::uint32_t first = 0;  ///< its wires in `Sketch::wires`
  std::uint32_t last = 0;
  const NodeView* view = nullptr;
  const StateCounts* counts = nullptr;  ///< a template's node: the states of its instances
  std::uint32_t item = nothing;         ///< in `Sketch::items`: the item whose copy it is
};

/// A frame of the sketch; some of them are closed later.
struct SketchFrame {
  std::uint32_t parent = 0;
  FrameKind kind = FrameKind::section;
  GroupId group = 0;
  std::string id;
  std::string title;
  std::optional<std::uint32_t> items;
};

/// A drawn item, and the path of its template (`platforms/*`).
struct SketchItem {
  const ItemView* view;
  std::string_view star;
};

/// Goal: one flat, topologically ordered list in which drawn items are copies of their template, so
/// that nothing after it needs to know templates.
struct Sketch {
  std::vector<Spot> spots;
  std::vector<Wire> wires;
  std::vector<SketchFrame> frames;
  std::vector<SketchItem> items;
  std::deque<StateCounts> counts;
};

[[nodiscard]] Sketch sketch_of(const Graph& graph, const PictureOptions& options,
                               const Snapshot* snapshot);

/// `path` of a template with the template's own star replaced by the item: `platforms/*/test`
/// becomes `platforms/debian/test`.
[[nodiscard]] std::string in_item(std::string_view path, std::string_view star_path,
                                  std::string_view item_path);

}  // namespace oche::detail
