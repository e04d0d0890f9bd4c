// draft.hpp - which spots become boxes, and the arrows between them, before groups are closed.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "render/sketch.hpp"

#include <span>

namespace oche::detail {

struct DraftBox {
  BoxKind kind = BoxKind::step;
  std::uint32_t spot = nothing;  ///< nothing for a join that stands for several alike
  std::uint32_t frame = 0;
};

struct Draft {
  std::vector<DraftBox> boxes;  ///< sources before what they lead to
  std::vector<Arrow> arrows;    ///< by `to`
};

/// The kind of box that a node is drawn as; nothing if it becomes arrows.
[[nodiscard]] std::optional<BoxKind> box_kind(const Graph& graph, NodeId node);

[[nodiscard]] Draft fold_plumbing(const Graph& graph, const Sketch& sketch);
/// Draws one join where several boxes wait for the same several others.
void share_controls(Draft& draft, const Sketch& sketch);

/// Arrows follow boxes to where they have gone: `now` is by box, `nothing` for one that is no more.
/// Those that lead nowhere else go; the others are tidied.
void follow_boxes(std::vector<Arrow>& arrows, std::span<const std::uint32_t> now);

/// Sorts by `to` and `from`, and keeps one of each: data before control before context.
void tidy(std::vector<Arrow>& arrows);

/// For each frame of the sketch the closed one that hides it, or `nothing`.
[[nodiscard]] std::vector<std::uint32_t> closed_frames(const Sketch& sketch, const Draft& draft,
                                                       const PictureOptions& options);

/// Leaves out arrows that follow from others. False if some were kept to bound the cost.
[[nodiscard]] bool remove_implied(Picture& picture);

/// Title, detail, lines and state of the box of one node.
[[nodiscard]] Box describe(const Graph& graph, const Sketch& sketch, const DraftBox& draft,
                           const PictureOptions& options);

/// The state that a group as a whole is in: the one that needs most attention.
[[nodiscard]] State overall(const StateCounts& counts);

}  // namespace oche::detail
