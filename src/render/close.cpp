// close.cpp - which groups are open, and which are one box.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/draft.hpp"

#include <algorithm>

namespace oche::detail {
namespace {

class Closer {
 public:
  Closer(const Sketch& sketch, const Draft& draft, const PictureOptions& options)
      : sketch_(sketch),
        options_(options),
        own_(sketch.frames.size(), 0),
        children_(sketch.frames.size(), 0),
        forced_(sketch.frames.size(), false),
        open_(sketch.frames.size(), false) {
    for (const DraftBox& box : draft.boxes)
      ++own_[box.frame];
    // Parents come before what is in them.
    std::vector<bool> is_used(own_.size(), false);
    for (std::size_t frame = own_.size(); frame-- > 1;) {
      is_used[frame] = is_used[frame] || own_[frame] > 0;
      if (is_asked(sketch.frames[frame].id)) forced_[frame] = true;
      if (sketch.frames[frame].kind == FrameKind::items) forced_[frame] = true;
      const std::uint32_t parent = sketch.frames[frame].parent;
      if (!is_used[frame]) continue;
      is_used[parent] = true;
      ++children_[parent];
      if (forced_[frame]) forced_[parent] = true;
    }
    open_[0] = true;
  }

  std::vector<std::uint32_t> run() {
    choose();
    std::vector<std::uint32_t> result(own_.size(), nothing);
    for (std::uint32_t frame = 1; frame < own_.size(); ++frame) {
      const std::uint32_t around = result[sketch_.frames[frame].parent];
      if (around != nothing)
        result[frame] = around;
      else if (!open_[frame])
        result[frame] = frame;
    }
    return result;
  }

 private:
  bool is_asked(const std::string& id) const {
    if (options_.expanded.contains(id)) return true;
    return id.size() > 2 && id.ends_with("/*") &&
           options_.expanded.contains(id.substr(0, id.size() - 2));
  }

  void choose() {
    // Outermost first, so that room is used where it shows most.
    std::vector<std::uint32_t> depth(own_.size(), 0);
    std::vector<std::uint32_t> order(own_.size());
    for (std::uint32_t frame = 0; frame < own_.size(); ++frame) {
      order[frame] = frame;
      if (frame > 0) depth[frame] = depth[sketch_.frames[frame].parent] + 1;
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(depth[a], a) < std::pair(depth[b], b);
    });
    std::size_t total = own_[0] + children_[0];
    for (const std::uint32_t frame : order) {
      if (frame == 0 || !open_[sketch_.frames[frame].parent]) continue;
      const std::size_t inside = own_[frame] + children_[frame];
      open_[frame] = wants(frame, depth[frame], total + inside);
      if (open_[frame] && inside > 0) total += inside - 1;
    }
  }

  bool wants(std::uint32_t frame, std::uint32_t depth, std::size_t total) const {
    if (forced_[frame]) return true;
    if (options_.collapsed.contains(sketch_.frames[frame].id) || depth > options_.most_depth)
      return false;
    if (options_.open == Open::automatic) return total <= options_.most_boxes;
    return options_.open == Open::all;
  }

  const Sketch& sketch_;
  const PictureOptions& options_;
  std::vector<std::size_t> own_;       ///< boxes that stand in the frame itself
  std::vector<std::size_t> children_;  ///< frames in it that are not empty
  std::vector<bool> forced_;
  std::vector<bool> open_;
};

}  // namespace

std::vector<std::uint32_t> closed_frames(const Sketch& sketch, const Draft& draft,
                                         const PictureOptions& options) {
  return Closer(sketch, draft, options).run();
}

}  // namespace oche::detail
