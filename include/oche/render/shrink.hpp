// shrink.hpp - parts of a picture, and pictures of many boxes made readable.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <set>
#include <string>

namespace oche {

/// The picture with at most `most` boxes: what is alike becomes one box with a count.
///
/// Alike are boxes of one kind, group, state and title (but for numbers) that come after, and
/// before, what is alike; so a chain that is there 256 times is drawn once. Where that is still too
/// much, boxes also become one that only stand about as far from the beginning: `253 alike, 3
/// differ`. A picture that is small enough is given back as it is.
/// Cost: that of sorting boxes and arrows, mostly; at most linear, some dozen times.
[[nodiscard]] Picture shrunk(Picture picture, std::size_t most = 300);

/// The boxes that are at most `distance` arrows before or after these; ids of boxes or of groups,
/// of a list with or without its star.
[[nodiscard]] Picture neighbourhood(const Picture& picture, const std::set<std::string>& ids,
                                    std::size_t distance);

/// What has failed, what that blocks, and nothing else.
[[nodiscard]] Picture only_red(const Picture& picture);

/// Marks the boxes with these ids as parts of the longest path; of closed groups those in which one
/// of them is. Gives how many were marked.
std::size_t mark_critical(Picture& picture, const std::set<std::string>& paths);

}  // namespace oche
