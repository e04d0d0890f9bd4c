// alike.cpp - divides boxes until those of one class have neighbours of the same classes.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/shrink/alike.hpp"

#include "base/make_set.hpp"
#include "graph/arrays.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

// Goal: classes of boxes whose neighbours nothing tells apart, at a cost that follows what is still
// divided. Of a class that falls apart one part keeps the number, if possible the largest; and only
// the neighbours of those that got a new one can be told apart by it in the next round. Between
// rounds, those of one class whose neighbours kept their numbers have the same neighbours.

namespace oche::detail {

namespace {

using Class = std::uint32_t;
constexpr std::uint32_t behind = 0x80000000u;  // an arrow to it, not from it

class Refinement {
 public:
  Refinement(const Picture& picture, std::span<const std::uint32_t> looks)
      : classes_(looks.begin(), looks.end()),
        starts_(looks.size() + 1, 0),
        neighbours_(2 * picture.arrows.size()),
        is_due_(looks.size(), true),
        due_(looks.size()) {
    seen_.reserve(looks.size());
    for (const Arrow& arrow : picture.arrows) {
      ++starts_[arrow.from];
      ++starts_[arrow.to];
    }
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    for (const Arrow& arrow : picture.arrows) {
      neighbours_[--starts_[arrow.from]] = arrow.to | behind;
      neighbours_[--starts_[arrow.to]] = arrow.from;
    }
    for (const Class one : classes_) {
      if (one >= sizes_.size()) sizes_.resize(one + 1, 0);
      ++sizes_[one];
    }
    std::iota(due_.begin(), due_.end(), 0u);
  }

  std::vector<Class> run(std::size_t enough) {
    constexpr std::size_t most_rounds = 40;  // as much work as so many rounds over everything
    const std::size_t most_looks = most_rounds * (neighbours_.size() + classes_.size());
    while (!due_.empty() && sizes_.size() <= enough && looked_ < most_looks)
      round();
    return std::move(classes_);
  }

 private:
  struct Seen {
    Class own;
    std::uint64_t around;  ///< the classes of the neighbours, each once
    std::uint32_t box;
    friend bool operator<(const Seen& a, const Seen& b) {
      return std::tie(a.own, a.around, a.box) < std::tie(b.own, b.around, b.box);
    }
  };
  using Place = std::vector<Seen>::const_iterator;

  [[nodiscard]] std::span<const std::uint32_t> neighbours(std::uint32_t box) const {
    return {neighbours_.data() + starts_[box], neighbours_.data() + starts_[box + 1]};
  }

  /// For the memory that comes next: those of one class stand anywhere in a large picture.
  // In line, always: see Ahead.
  [[gnu::always_inline]] void ask_ahead(const std::vector<std::uint32_t>& boxes,
                                        std::size_t now) const {
    constexpr std::size_t apart = 8;
    const auto box = [&](std::size_t steps) {
      return boxes[std::min(now + steps * apart, boxes.size() - 1)];
    };
    __builtin_prefetch(&starts_[box(3)]);
    __builtin_prefetch(&classes_[box(3)]);
    __builtin_prefetch(neighbours(box(2)).data());
    const std::span<const std::uint32_t> next = neighbours(box(1));
    for (const std::uint32_t one : next.first(std::min<std::size_t>(4, next.size())))
      __builtin_prefetch(&classes_[one & ~behind]);
  }

  std::uint64_t around(std::uint32_t box) {
    found_.clear();
    for (const std::uint32_t one : neighbours(box))
      found_.push_back(classes_[one & ~behind] | (one & behind));
    looked_ += found_.size() + 1;
    make_set(found_);
    std::uint64_t all = 0;
    for (const std::uint32_t one : found_)
      all = mix(all, one);
    return all;
  }

  void round() {
    seen_.clear();
    for (std::size_t i = 0; i < due_.size(); ++i) {
      const std::uint32_t box = due_[i];
      ask_ahead(due_, i);
      is_due_[box] = false;
      if (sizes_[classes_[box]] > 1) seen_.push_back({classes_[box], around(box), box});
    }
    due_.clear();
    std::sort(seen_.begin(), seen_.end());
    for (auto first = seen_.cbegin(); first != seen_.cend();) {
      const auto last =
          std::find_if(first, seen_.cend(), [&](const Seen& one) { return one.own != first->own; });
      divide(first, last);
      first = last;
    }
    for (std::size_t i = 0; i < moved_.size(); ++i) {
      ask_ahead(moved_, i);
      for (const std::uint32_t one : neighbours(moved_[i]))
        make_due(one & ~behind);
    }
    moved_.clear();
  }

  /// What was looked at of one class, by what is around it. The others of it keep its number, and
  /// else the largest part.
  void divide(Place first, Place last) {
    parts_.clear();
    for (auto at = first; at != last;) {
      const auto end =
          std::find_if(at, last, [&](const Seen& one) { return one.around != at->around; });
      parts_.push_back({at, end});
      at = end;
    }
    if (sizes_[first->own] == static_cast<std::size_t>(last - first))
      parts_.erase(std::max_element(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) {
        return a.size() < b.size();
      }));
    for (const Part& part : parts_) {
      sizes_[first->own] -= static_cast<std::uint32_t>(part.size());
      for (auto at = part.first; at != part.last; ++at) {
        classes_[at->box] = static_cast<Class>(sizes_.size());
        moved_.push_back(at->box);
      }
      sizes_.push_back(static_cast<std::uint32_t>(part.size()));
    }
  }

  void make_due(std::uint32_t box) {
    if (is_due_[box]) return;
    is_due_[box] = true;
    due_.push_back(box);
  }

  struct Part {
    Place first;
    Place last;
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(last - first); }
  };

  std::vector<Class> classes_;         ///< by box
  std::vector<std::uint32_t> sizes_;   ///< by class
  std::vector<std::uint32_t> starts_;  ///< by box, where its neighbours begin
  std::vector<std::uint32_t> neighbours_;
  std::vector<bool> is_due_;  ///< by box
  std::vector<std::uint32_t> due_;
  std::vector<Seen> seen_;  ///< of those that are due
  std::vector<std::uint32_t> moved_;
  std::vector<std::uint32_t> found_;
  std::vector<Part> parts_;
  std::size_t looked_ = 0;  ///< at boxes and neighbours
};

}  // namespace

std::vector<std::uint32_t> alike(const Picture& picture, std::span<const std::uint32_t> looks,
                                 std::size_t enough) {
  return Refinement(picture, looks).run(enough);
}

}  // namespace oche::detail
