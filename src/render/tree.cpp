// tree.cpp - a picture as a forest, for formats that have lines instead of a plane.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/tree.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace oche::detail {
namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

class Planter {
 public:
  explicit Planter(const Picture& picture)
      : picture_(picture), first_(picture.frames.size(), none), depth_(picture.frames.size(), 0) {
    forest_.boxes = static_cast<std::uint32_t>(picture.boxes.size());
    forest_.branches.resize(picture.boxes.size() + picture.frames.size());
    for (std::size_t i = 1; i < picture.frames.size(); ++i)
      depth_[i] = depth_[picture.frames[i].parent] + 1;
    for (std::uint32_t box = 0; box < forest_.boxes; ++box)
      first_[picture.boxes[box].frame] = std::min(first_[picture.boxes[box].frame], box);
    for (std::size_t i = picture.frames.size(); i-- > 1;)
      first_[picture.frames[i].parent] = std::min(first_[picture.frames[i].parent], first_[i]);
    best_.resize(forest_.branches.size());
  }

  Forest run() {
    for (std::uint32_t arrow = 0; arrow < picture_.arrows.size(); ++arrow)
      weigh(arrow);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // by first box
    for (std::uint32_t box = 0; box < forest_.boxes; ++box)
      order.emplace_back(box, box);
    for (std::uint32_t i = 1; i < picture_.frames.size(); ++i)
      if (first_[i] != none) order.emplace_back(first_[i], forest_.boxes + i);
    // A frame comes before its first box, and an outer one before an inner one.
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
      return std::tuple(a.first, rank(a.second), a.second) <
             std::tuple(b.first, rank(b.second), b.second);
    });
    for (const auto& [first, branch] : order)
      plant(branch);
    // What others need from here and there is easier found in front.
    std::vector<std::uint32_t> roots;
    for (const bool in_front : {true, false})
      for (const std::uint32_t branch : forest_.roots)
        if (is_lone_input(branch) == in_front) roots.push_back(branch);
    forest_.roots = std::move(roots);
    return std::move(forest_);
  }

 private:
  struct Best {
    std::uint32_t arrow = none;
    std::uint32_t source = none;  ///< a box, or a frame's branch
  };

  bool is_lone_input(std::uint32_t branch) const {
    return !forest_.is_frame(branch) && picture_.boxes[branch].kind == BoxKind::input &&
           forest_.branches[branch].children.empty();
  }

  std::uint64_t rank(std::uint32_t branch) const {
    return forest_.is_frame(branch) ? depth_[forest_.frame(branch)]
                                    : std::numeric_limits<std::uint64_t>::max();
  }
  std::uint32_t home(std::uint32_t branch) const {
    return forest_.is_frame(branch) ? picture_.frames[forest_.frame(branch)].parent
                                    : picture_.boxes[branch].frame;
  }

  /// Lets the arrow decide where its target, or the frame around it, stands: at the level where the
  /// two meet.
  void weigh(std::uint32_t arrow) {
    const Arrow& at = picture_.arrows[arrow];
    if (at.from >= at.to) return;  // closed groups that need each other
    std::uint32_t from = at.from;
    std::uint32_t to = at.to;
    while (home(from) != home(to)) {
      std::uint32_t& deeper = depth_[home(from)] > depth_[home(to)] ? from : to;
      deeper = forest_.boxes + home(deeper);
    }
    if (from == to) return;
    if (forest_.is_frame(to) && first_[forest_.frame(to)] <= at.from) return;
    Best& best = best_[to];
    if (best.arrow == none || at.from > picture_.arrows[best.arrow].from) best = {arrow, from};
  }

  void plant(std::uint32_t branch) {
    Branch& own = forest_.branches[branch];
    const Best& best = best_[branch];
    const std::uint32_t frame = home(branch);
    own.parent = frame == 0 ? none : forest_.boxes + frame;
    if (best.source != none) {
      // What needs a frame comes after it, not in it.
      const bool is_after = forest_.is_frame(best.source);
      own.parent = is_after ? forest_.branches[best.source].parent : best.source;
      if (!is_after) own.under = best.arrow;
    }
    (own.parent == none ? forest_.roots : forest_.branches[own.parent].children).push_back(branch);
  }

  const Picture& picture_;
  std::vector<std::uint32_t> first_;  ///< by frame: its first box
  std::vector<std::uint32_t> depth_;  ///< by frame
  std::vector<Best> best_;
  Forest forest_;
};

}  // namespace

Forest forest_of(const Picture& picture) { return Planter(picture).run(); }

}  // namespace oche::detail
