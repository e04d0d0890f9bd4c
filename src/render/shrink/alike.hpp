// alike.hpp - which boxes of a picture stand alike.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace oche::detail {

/// The class of each box: boxes of one class have the same look, and come after, and before, the
/// same classes; and that is so with the fewest classes there can be. Numbers are in no order.
///
/// It ends sooner where there are more than `enough` classes, or where it has looked at each arrow
/// some dozen times; then some that are in one class stand differently further away.
/// Cost: that of sorting, mostly; at most linear, some dozen times.
/// Source: after Paige and Tarjan, Three partition refinement algorithms, 1987.
[[nodiscard]] std::vector<std::uint32_t> alike(const Picture& picture,
                                               std::span<const std::uint32_t> looks,
                                               std::size_t enough);

}  // namespace oche::detail
