// encoding.hpp - bring a report's bytes to UTF-8, and its texts to what can be shown.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oche::detail {

/// A report's bytes as UTF-8; `text` views either the bytes themselves or `converted`.
struct Utf8 {
  std::string converted;
  std::string_view text;

  Utf8() = default;
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;
};

/// Fills `out` from bytes that are UTF-8 (with or without a mark), UTF-16 with a mark, or declared
/// as ISO-8859-1; anything else is taken for UTF-8 and left to `invalid_utf8`.
void to_utf8(std::string_view bytes, Utf8& out);

/// Where the first byte stands that is not part of valid UTF-8, or is zero; `npos` if there is
/// none.
[[nodiscard]] std::size_t invalid_utf8(std::string_view text);

/// The encoding that the XML declaration names, if any.
[[nodiscard]] std::string_view declared_encoding(std::string_view text);

/// `text` with control characters (but for new lines and tabs) and invalid bytes replaced, so that
/// it can be stored and shown anywhere.
[[nodiscard]] std::string showable(std::string_view text);

/// Likewise, on one line.
[[nodiscard]] std::string showable_line(std::string_view text);

/// `text` without the blanks and line ends around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// `text` cut to at most `bytes`, never inside a character; an ellipsis says that it was.
[[nodiscard]] std::string cut_short(std::string text, std::size_t bytes);

}  // namespace oche::detail
