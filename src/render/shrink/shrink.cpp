// shrink.cpp - makes one box of those that are alike, until there are few enough.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/shrink.hpp>

#include "graph/arrays.hpp"
#include "render/draft.hpp"
#include "render/shrink/alike.hpp"
#include "render/shrink/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

// Goal: the finest division of the boxes into at most `most` classes that one can understand.
// First those are one that look alike and stand alike: so are chains, all along. If that leaves too
// many, boxes of one look and about the same depth are one; then boxes of about the same depth in
// one group; then of the same depth at all, which is always few enough. What is red is never put
// together with what is not.

namespace oche {
namespace detail {
namespace {

using Colours = std::vector<std::uint32_t>;

/// Gives equal keys one number each, in the order in which they come.
class Numbers {
 public:
  std::uint32_t of(std::uint64_t key) {
    return known_.try_emplace(key, static_cast<std::uint32_t>(known_.size())).first->second;
  }
  [[nodiscard]] std::size_t size() const { return known_.size(); }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> known_;
};

/// `test *` for `test 17`.
std::string stem(std::string_view title) {
  std::string text;
  bool was_digit = false;
  for (const char c : title) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit && !was_digit) text += '*';
    if (!is_digit) text += c;
    was_digit = is_digit;
  }
  return text;
}

class Shrinker {
 public:
  Shrinker(Picture picture, std::size_t most)
      : picture_(std::move(picture)),
        most_(std::max<std::size_t>(2, most)),
        looks_(picture_.boxes.size()),
        states_(picture_.boxes.size()),
        depths_(picture_.boxes.size(), 0) {
    std::unordered_map<std::string, std::uint32_t> stems;
    for (std::size_t i = 0; i < looks_.size(); ++i) {
      const Box& box = picture_.boxes[i];
      const auto name = static_cast<std::uint32_t>(stems.size());
      const std::uint64_t look = mix(static_cast<std::uint64_t>(box.kind),
                                     stems.try_emplace(stem(box.title), name).first->second);
      states_[i] = box.state ? static_cast<std::uint32_t>(box.state->state) + 1 : 0;
      looks_[i] = mix(mix(look, box.frame), states_[i] * 2 + (box.critical ? 1u : 0u));
    }
    for (const Arrow& arrow : picture_.arrows) {  // by `to`
      if (arrow.from >= arrow.to) continue;       // closed groups that need each other
      depths_[arrow.to] = std::max(depths_[arrow.to], depths_[arrow.from] + 1);
      deepest_ = std::max(deepest_, depths_[arrow.to]);
    }
  }

  Picture run() {
    const std::size_t before = picture_.boxes.size();
    const Colours standing = stable();
    Colours chosen = standing;
    std::size_t buckets = 2 * most_;
    while (count_ > most_ && buckets > 0) {
      chosen = divided([&](std::size_t i) { return mix(looks_[i], bucket(i, buckets)); });
      buckets /= 2;
    }
    for (buckets = most_; count_ > most_ && buckets > 0; buckets /= 2)
      chosen = divided([&](std::size_t i) {
        return mix(mix(picture_.boxes[i].frame, is_red(picture_.boxes[i]) ? 1u : 0u),
                   bucket(i, buckets));
      });
    if (count_ > most_)
      chosen = divided([&](std::size_t i) {
        return mix(is_red(picture_.boxes[i]) ? 1u : 0u, bucket(i, most_ / 2));
      });
    put_together(chosen, standing);
    picture_.notes.push_back(fmt::format("{} boxes are drawn as {}: what is alike is one", before,
                                         picture_.boxes.size()));
    return std::move(picture_);
  }

 private:
  [[nodiscard]] std::uint64_t bucket(std::size_t box, std::size_t buckets) const {
    return std::uint64_t{depths_[box]} * buckets / (std::uint64_t{deepest_} + 1);
  }

  template <class Key>
  Colours divided(Key key) {
    Numbers numbers;
    Colours colours(picture_.boxes.size());
    for (std::size_t i = 0; i < colours.size(); ++i)
      colours[i] = numbers.of(key(i));
    count_ = numbers.size();
    return colours;
  }

  /// What stands alike. More than half as many classes as boxes are too many already.
  Colours stable() {
    const Colours looks = divided([&](std::size_t i) { return looks_[i]; });
    const Colours classes = alike(picture_, looks, looks.size() / 2 + most_);
    return divided([&](std::size_t i) { return classes[i]; });
  }

  void put_together(const Colours& chosen, const Colours& standing) {
    std::vector<std::vector<std::uint32_t>> members(count_);
    for (std::uint32_t i = 0; i < chosen.size(); ++i)
      members[chosen[i]].push_back(i);
    std::vector<std::uint32_t> now(chosen.size());
    std::vector<Box> boxes;
    for (const std::vector<std::uint32_t>& list : members) {  // in the order of their first ones
      for (const std::uint32_t box : list)
        now[box] = static_cast<std::uint32_t>(boxes.size());
      boxes.push_back(list.size() == 1 ? std::move(picture_.boxes[list[0]])
                                       : one_of(list, standing));
    }
    replace_boxes(picture_, std::move(boxes), now);
    (void)remove_implied(picture_);  // few enough
  }

  Box one_of(const std::vector<std::uint32_t>& list, const Colours& standing) const {
    const Box& first = picture_.boxes[list[0]];
    Box made = first;
    made.id = fmt::format("{} and {} more", first.id, list.size() - 1);
    made.title = stem(first.title);
    made.meaning = 0;
    made.each = true;
    made.steps = 0;
    made.counts = {};
    bool is_one_kind = true;
    bool is_one_title = true;
    std::unordered_map<std::uint32_t, std::size_t> sizes;
    std::size_t largest = 0;
    for (const std::uint32_t at : list) {
      const Box& box = picture_.boxes[at];
      const bool is_work = box.kind == BoxKind::step || box.kind == BoxKind::command;
      made.steps += is_work ? 1 : box.steps;
      is_one_kind = is_one_kind && box.kind == first.kind;
      is_one_title = is_one_title && stem(box.title) == made.title;
      made.critical = made.critical || box.critical;
      largest = std::max(largest, ++sizes[standing[at]]);
      StateCounts counts = box.counts;
      if (counts == StateCounts{} && box.state && is_work)
        ++counts[static_cast<std::size_t>(box.state->state)];
      for (std::size_t i = 0; i < state_count; ++i)
        made.counts[i] += counts[i];
    }
    if (!is_one_kind) made.kind = BoxKind::section;
    if (!is_one_title) made.title = made.title.empty() ? "…" : fmt::format("{} …", made.title);
    made.detail = largest == list.size() ? fmt::format("{} alike", list.size())
                  : largest * 2 >= list.size()
                      ? fmt::format("{} alike, {} differ", largest, list.size() - largest)
                      : fmt::format("{} of them", list.size());
    if (made.state) made.state = BoxState{overall(made.counts), false, false, false, {}};
    if (made.state && made.counts == StateCounts{}) made.state = first.state;
    return made;
  }

  Picture picture_;
  std::size_t most_;
  std::vector<std::uint64_t> looks_;
  std::vector<std::uint32_t> states_;
  std::vector<std::uint32_t> depths_;
  std::uint32_t deepest_ = 0;
  std::size_t count_ = 0;
};

}  // namespace
}  // namespace detail

Picture shrunk(Picture picture, std::size_t most) {
  if (picture.boxes.size() <= most) return picture;
  return detail::Shrinker(std::move(picture), most).run();
}

}  // namespace oche
