// json_text.cpp - a text as JSON writes it.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace oche::detail {
namespace {

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
}

void append_special(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
  }
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && is_plain(text[i]))
      ++i;
    out += text.substr(start, i - start);
    if (i == text.size()) break;
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      append_special(out, text[i++]);
      continue;
    }
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0)
      out += "\xef\xbf\xbd";
    else
      out += text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  out += '"';
}

}  // namespace oche::detail
