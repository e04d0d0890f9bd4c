// text.hpp - small things that are done to texts.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// The candidates that are most like `name`, at most `count` of them, most alike first.
/// Cost: the length of the name times that of all candidates.
[[nodiscard]] std::vector<std::string> most_alike(std::string_view name,
                                                  std::span<const std::string> candidates,
                                                  std::size_t count = 3);

/// `a, b, c`; names with spaces or commas in quotes.
[[nodiscard]] std::string listed(std::span<const std::string> names);

/// `did you mean "x"?`, or empty if no candidate is like it at all: at most a third of its
/// characters (and at least one) may be inserted, deleted, changed or swapped with a neighbour. The
/// first of equally good ones.
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       std::span<const std::string> candidates);

/// As somebody would type it in a POSIX shell; for people, never to be run.
[[nodiscard]] std::string shell_quote(std::string_view word);
[[nodiscard]] std::string shell_quote(std::span<const std::string> argv);

/// How many characters of a terminal a text takes: its code points.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// At most so many characters, the last one an ellipsis if there were more.
[[nodiscard]] std::string shortened(std::string text, std::size_t most);

/// Appends `text` with control characters but line ends shown as `\x1b`, and each further line
/// indented by so many spaces.
void append_indented(std::string& out, std::string_view text, std::size_t indent);

/// The length of the UTF-8 character that starts `text`; 0 if none does (RFC 3629).
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Appends `text` with every byte that is no UTF-8 replaced by U+FFFD.
void append_utf8(std::string& out, std::string_view text);

}  // namespace oche::detail
