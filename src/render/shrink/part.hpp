// part.hpp - a picture made of some of another one's boxes.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <span>
#include <vector>

namespace oche::detail {

/// Puts `boxes` in the place of the picture's own: arrows follow them by `now`, see
/// follow_boxes; frames without boxes go.
void replace_boxes(Picture& picture, std::vector<Box> boxes, std::span<const std::uint32_t> now);

/// Keeps those boxes only, and says how many are not shown.
void keep_boxes(Picture& picture, const std::vector<bool>& kept);

[[nodiscard]] bool is_red(const Box& box);

}  // namespace oche::detail
