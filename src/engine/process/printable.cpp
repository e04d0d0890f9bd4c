// printable.cpp - makes bytes of any kind harmless on a terminal.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/log_reader.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>

namespace oche::detail {
namespace {

struct Decoded {
  std::uint32_t character = 0;
  std::size_t length = 0;  // 0: these bytes are no UTF-8
};

std::size_t length_by(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

Decoded decode(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes.front());
  const auto length = length_by(first);
  if (length <= 1) return {first, length};
  if (bytes.size() < length) return {};
  std::uint32_t character = first & (0xFFu >> (length + 1));
  for (const char c : bytes.substr(1, length - 1)) {
    const auto next = static_cast<unsigned char>(c);
    if ((next & 0xC0u) != 0x80u) return {};
    character = character << 6 | (next & 0x3Fu);
  }
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = character >= 0xD800 && character < 0xE000;
  if (character < smallest[length] || character > 0x10FFFF || is_surrogate) return {};
  return {character, length};
}

bool is_harmful(std::uint32_t c) {
  if (c == '\t' || c == '\n') return false;
  const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool reorders = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
                        c == 0x200E || c == 0x200F || c == 0x061C;
  return is_control || reorders || c == 0x2028 || c == 0x2029;
}

/// How long a colour sequence (ESC [ digits and semicolons m) is at the start; 0 if there is none.
std::size_t colour_sequence(std::string_view bytes) {
  if (!bytes.starts_with("\x1b[")) return 0;
  const auto end = bytes.find_first_not_of("0123456789;:", 2);
  return end != std::string_view::npos && bytes[end] == 'm' ? end + 1 : 0;
}

}  // namespace

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    if (const auto colour = colour_sequence(bytes); colour > 0) {
      bytes.remove_prefix(colour);
      continue;
    }
    const auto [character, length] = decode(bytes);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      bytes.remove_prefix(1);
      continue;
    }
    if (!is_harmful(character)) {
      out += bytes.substr(0, length);
    } else if (character < 0x100) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", character);
    } else {
      fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", character);
    }
    bytes.remove_prefix(length);
  }
  return out;
}

}  // namespace oche::detail
