// nested.hpp - the frames of a picture with what is in them, for formats that nest them.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace oche::detail {

/// Calls `open(frame, depth)`, `box(box, depth)` for what stands in it, which comes before the
/// frames in it, and `close(depth)`. The picture itself is neither opened nor closed; what stands
/// in it has depth 1. Cost: linear; no recursion.
template <class Open, class Box, class Close>
void walk_frames(const Picture& picture, Open open, Box box, Close close) {
  std::vector<std::vector<std::uint32_t>> boxes(picture.frames.size());
  std::vector<std::vector<std::uint32_t>> frames(picture.frames.size());
  for (std::uint32_t i = 0; i < picture.boxes.size(); ++i)
    boxes[picture.boxes[i].frame].push_back(i);
  for (std::uint32_t i = 1; i < picture.frames.size(); ++i)
    frames[picture.frames[i].parent].push_back(i);
  struct Entered {
    std::uint32_t frame;
    std::size_t next;
  };
  std::vector<Entered> entered;
  const auto enter = [&](std::uint32_t frame) {
    entered.push_back({frame, 0});
    for (const std::uint32_t one : boxes[frame])
      box(one, entered.size());
  };
  enter(0);
  while (true) {
    Entered& at = entered.back();
    if (at.next < frames[at.frame].size()) {
      const std::uint32_t inner = frames[at.frame][at.next++];
      open(inner, entered.size());
      enter(inner);
      continue;
    }
    entered.pop_back();
    if (entered.empty()) return;
    close(entered.size());
  }
}

}  // namespace oche::detail
