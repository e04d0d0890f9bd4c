// words.hpp - what the drawn formats write on a box, its tip and its link.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <string>
#include <vector>

namespace oche::detail {

/// Valid UTF-8 whose control characters are visible (U+2400…); line ends stay.
[[nodiscard]] std::string visible(std::string_view text);

/// The lines of a box: its title, then what is written small.
struct BoxText {
  std::string title;
  std::vector<std::string> small;
};
[[nodiscard]] BoxText text_of(const Box& box);
[[nodiscard]] std::string text_of(const Frame& frame, bool has_states);
/// `✔ 3  ✗ 1`.
[[nodiscard]] std::string counts_in_marks(const StateCounts& counts);
/// Path, source lines, and what went wrong.
[[nodiscard]] std::string tip_of(const Box& box);
/// The link's pattern filled in, or empty.
[[nodiscard]] std::string link_of(std::string_view pattern, std::string_view path,
                                  const std::vector<SourceLine>& lines);

}  // namespace oche::detail
