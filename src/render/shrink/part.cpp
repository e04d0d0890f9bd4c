// part.cpp - keeps some boxes of a picture: those around others, or those that have failed.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/shrink/part.hpp"

#include "render/draft.hpp"
#include <oche/render/shrink.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oche {
namespace detail {

void replace_boxes(Picture& picture, std::vector<Box> boxes, std::span<const std::uint32_t> now) {
  follow_boxes(picture.arrows, now);
  picture.arrows.shrink_to_fit();
  std::vector<bool> is_used(picture.frames.size(), false);
  is_used[0] = true;
  for (const Box& box : boxes)
    is_used[box.frame] = true;
  for (std::size_t i = picture.frames.size(); i-- > 1;)  // parents come first
    if (is_used[i]) is_used[picture.frames[i].parent] = true;
  std::vector<std::uint32_t> frame_now(picture.frames.size(), 0);
  std::vector<Frame> frames;
  for (std::size_t i = 0; i < picture.frames.size(); ++i) {
    if (!is_used[i]) continue;
    frame_now[i] = static_cast<std::uint32_t>(frames.size());
    frames.push_back(std::move(picture.frames[i]));
    frames.back().parent = frame_now[frames.back().parent];
  }
  for (Box& box : boxes)
    box.frame = frame_now[box.frame];
  picture.boxes = std::move(boxes);
  picture.frames = std::move(frames);
}

void keep_boxes(Picture& picture, const std::vector<bool>& kept) {
  std::vector<std::uint32_t> now(picture.boxes.size(), nothing);
  std::vector<Box> boxes;
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
    if (!kept[i]) continue;
    now[i] = static_cast<std::uint32_t>(boxes.size());
    boxes.push_back(std::move(picture.boxes[i]));
  }
  const std::size_t missing = now.size() - boxes.size();
  replace_boxes(picture, std::move(boxes), now);
  if (missing > 0)
    picture.notes.push_back(
        fmt::format("{} box{} not shown", missing, missing == 1 ? " is" : "es are"));
}

bool is_red(const Box& box) {
  if (!box.state) return false;
  const State state = box.state->state;
  return state == State::failed || state == State::errored || state == State::timed_out ||
         state == State::cancelled;
}

namespace {

/// Whom each box's arrows lead to, or come from.
std::vector<std::vector<std::uint32_t>> neighbours(const Picture& picture, bool forward) {
  std::vector<std::vector<std::uint32_t>> next(picture.boxes.size());
  for (const Arrow& arrow : picture.arrows)
    next[forward ? arrow.from : arrow.to].push_back(forward ? arrow.to : arrow.from);
  return next;
}

void spread(const std::vector<std::vector<std::uint32_t>>& next, std::vector<std::uint32_t> front,
            std::size_t distance, std::vector<bool>& kept) {
  std::vector<bool> seen(next.size(), false);
  for (const std::uint32_t box : front)
    seen[box] = true;
  for (; distance > 0 && !front.empty(); --distance) {
    std::vector<std::uint32_t> further;
    for (const std::uint32_t box : front)
      for (const std::uint32_t other : next[box])
        if (!seen[other]) {
          seen[other] = true;
          further.push_back(other);
        }
    front = std::move(further);
  }
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i]) kept[i] = true;
}

}  // namespace
}  // namespace detail

Picture neighbourhood(const Picture& picture, const std::set<std::string>& ids,
                      std::size_t distance) {
  std::vector<bool> is_in(picture.frames.size(), false);
  for (std::size_t i = 1; i < picture.frames.size(); ++i) {
    const std::string& id = picture.frames[i].id;
    // A list's frame is called as its template; people leave the star out.
    is_in[i] = is_in[picture.frames[i].parent] || ids.contains(id) ||
               (id.ends_with("/*") && ids.contains(id.substr(0, id.size() - 2)));
  }
  std::vector<std::uint32_t> front;
  for (std::uint32_t i = 0; i < picture.boxes.size(); ++i)
    if (is_in[picture.boxes[i].frame] || ids.contains(picture.boxes[i].id)) front.push_back(i);
  std::vector<bool> kept(picture.boxes.size(), false);
  // Each way by itself: what stands beside it, before the same, is no neighbour.
  detail::spread(detail::neighbours(picture, true), front, distance, kept);
  detail::spread(detail::neighbours(picture, false), front, distance, kept);
  Picture part = picture;
  detail::keep_boxes(part, kept);
  return part;
}

Picture only_red(const Picture& picture) {
  std::vector<bool> kept(picture.boxes.size(), false);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const Box& box = picture.boxes[i];
    kept[i] = detail::is_red(box) || (box.state && box.state->state == State::blocked);
  }
  Picture part = picture;
  detail::keep_boxes(part, kept);
  return part;
}

std::size_t mark_critical(Picture& picture, const std::set<std::string>& paths) {
  std::size_t marked = 0;
  for (Box& box : picture.boxes) {
    const bool is_group = box.kind == BoxKind::section || box.kind == BoxKind::list;
    // A list's box is called as its template; its items' paths go on where its star stands.
    std::string inside = box.id;
    if (inside.ends_with("/*")) inside.pop_back();
    if (!inside.ends_with('/')) inside += '/';
    const auto first = paths.lower_bound(inside);
    const bool has_one = is_group && first != paths.end() && first->starts_with(inside);
    box.critical = has_one || paths.contains(box.id);
    marked += box.critical ? 1u : 0u;
  }
  return marked;
}

}  // namespace oche
