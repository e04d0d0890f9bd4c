// clean.cpp - makes a label fit for a path.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "graph/names.hpp"

#include <fmt/core.h>

namespace oche::detail {
namespace {

constexpr std::size_t longest = 80;
constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

char plain(char c) {
  if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return ' ';
  if (c == '\\') return '/';
  return c == '"' ? '\'' : c;
}

/// Cuts at the end of a character.
std::size_t cut(std::string_view text, std::size_t most) {
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80)
    --most;
  return most;
}

}  // namespace

std::string clean(std::string_view label) {
  std::string result;
  for (std::string_view rest = label.substr(0, 4 * longest); !rest.empty();) {
    const std::size_t size = utf8_length(rest);
    if (size > 1) {
      result += rest.substr(0, size);
    } else if (size == 0) {
      result += replacement;
    } else if (const char c = plain(rest[0]);
               c != ' ' || (!result.empty() && result.back() != ' ')) {
      result += c;
    }
    rest.remove_prefix(std::max<std::size_t>(size, 1));
  }
  while (!result.empty() && result.back() == ' ')
    result.pop_back();
  for (std::size_t i = 0; i < result.size(); ++i) {
    const bool starts = i == 0 || result[i - 1] == '/';
    const bool ends = i + 1 == result.size() || result[i + 1] == '/';
    if (result[i] == '*' && starts && ends) result[i] = '+';
  }
  if (result.size() > longest) {
    result.resize(cut(result, longest - 9));
    result += fmt::format("~{:08x}", static_cast<std::uint32_t>(lasting_hash(label)));
  }
  return result.empty() ? "unnamed" : result;
}

}  // namespace oche::detail
