// implied.cpp - leaves out arrows that follow from others.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/draft.hpp"

#include <algorithm>

// An arrow u -> v is implied if another arrow w -> v exists and w comes from u. One search
// backwards
// for each v, from what its sources come from, finds all of them; it stops at the first box that is
// before every source. The searches together have a budget: a long chain whose boxes all read the
// first one would cost its length squared.
// Kept: data arrows to a gate, which say what passes; arrows with a label.

namespace oche::detail {
namespace {

constexpr std::size_t most_boxes = 20'000;

class Implied {
 public:
  explicit Implied(Picture& picture)
      : picture_(picture),
        starts_(picture.boxes.size() + 1, 0),
        seen_(picture.boxes.size(), 0),
        budget_(1'000'000 + 100 * (picture.boxes.size() + picture.arrows.size())) {
    for (const Arrow& arrow : picture_.arrows)
      ++starts_[arrow.to + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i)
      starts_[i] += starts_[i - 1];
  }

  bool run() {
    std::vector<bool> is_implied(picture_.arrows.size(), false);
    for (std::uint32_t box = 0; box < picture_.boxes.size() && budget_ > 0; ++box) {
      if (starts_[box + 1] - starts_[box] < 2) continue;
      search(box);
      for (std::size_t i = starts_[box]; i < starts_[box + 1]; ++i)
        is_implied[i] = seen_[picture_.arrows[i].from] == box + 1 && may_go(picture_.arrows[i]);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < picture_.arrows.size(); ++i)
      if (!is_implied[i]) std::swap(picture_.arrows[kept++], picture_.arrows[i]);
    picture_.arrows.resize(kept);
    return budget_ > 0;
  }

 private:
  bool may_go(const Arrow& arrow) const {
    return arrow.label.empty() &&
           (arrow.kind != Edge::data || picture_.boxes[arrow.to].kind != BoxKind::gate);
  }

  void search(std::uint32_t box) {
    std::uint32_t first = box;
    std::vector<std::uint32_t>& stack = stack_;
    for (std::size_t i = starts_[box]; i < starts_[box + 1]; ++i) {
      const Arrow& arrow = picture_.arrows[i];
      first = std::min(first, arrow.from);
      if (arrow.from < box) stack.push_back(arrow.from);
    }
    while (!stack.empty() && budget_ > 0) {
      const std::uint32_t at = stack.back();
      stack.pop_back();
      for (std::size_t i = starts_[at]; i < starts_[at + 1]; ++i) {
        const Arrow& arrow = picture_.arrows[i];
        if (budget_ == 0) break;
        --budget_;
        // Closed groups may depend on each other both ways: only forward arrows count.
        const bool is_way = arrow.from < at && arrow.from >= first && arrow.kind != Edge::context;
        if (!is_way || seen_[arrow.from] == box + 1) continue;
        seen_[arrow.from] = box + 1;
        stack.push_back(arrow.from);
      }
    }
    stack.clear();
  }

  Picture& picture_;
  std::vector<std::size_t> starts_;
  std::vector<std::uint32_t> seen_;  ///< by box: the last search that reached it, plus one
  std::vector<std::uint32_t> stack_;
  std::size_t budget_;
};

}  // namespace

bool remove_implied(Picture& picture) {
  if (picture.boxes.size() > most_boxes) return false;
  return Implied(picture).run();
}

}  // namespace oche::detail
