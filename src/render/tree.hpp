// tree.hpp - a picture as a forest, for formats that have lines instead of a plane.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <vector>

namespace oche::detail {

/// A box or a frame in the forest. Numbers from 0 are boxes, those after them frames.
struct Branch {
  std::uint32_t parent = ~std::uint32_t{0};
  std::uint32_t under = ~std::uint32_t{0};  ///< the arrow that put a box where it is, if any
  std::vector<std::uint32_t> children;
};

/// Goal: read from top to bottom, what is needed comes before what needs it. A box stands under the
/// last of its sources in the same frame, else directly in its frame; what needs a frame comes
/// after
/// it.
struct Forest {
  std::vector<Branch> branches;
  std::vector<std::uint32_t> roots;
  std::uint32_t boxes = 0;

  [[nodiscard]] bool is_frame(std::uint32_t branch) const { return branch >= boxes; }
  [[nodiscard]] std::uint32_t frame(std::uint32_t branch) const { return branch - boxes; }
};

[[nodiscard]] Forest forest_of(const Picture& picture);

}  // namespace oche::detail
