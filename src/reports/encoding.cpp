// encoding.cpp - bring a report's bytes to UTF-8, and its texts to what can be shown.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include "reports/encoding.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace oche::detail {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "…";

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

void append(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | point >> 6U);
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | point >> 12U);
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | point >> 18U);
    put(0x80U | (point >> 12U & 0x3FU));
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

std::string from_latin1(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t at = 0; at < bytes.size(); ++at)
    append(out, byte_at(bytes, at));
  return out;
}

// A surrogate without its partner becomes the replacement character; so does half a unit at the
// end.
std::string from_utf16(std::string_view bytes, bool big) {
  const auto unit = [&](std::size_t at) -> std::uint32_t {
    const unsigned first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
    return big ? first << 8U | second : second << 8U | first;
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  std::size_t at = 0;
  while (at + 1 < bytes.size()) {
    const std::uint32_t high = unit(at);
    at += 2;
    if (high < 0xD800 || high > 0xDFFF) {
      append(out, high);
      continue;
    }
    const std::uint32_t low = high <= 0xDBFF && at + 1 < bytes.size() ? unit(at) : 0;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      append(out, 0x10000U + ((high - 0xD800U) << 10U) + (low - 0xDC00U));
      at += 2;
    } else {
      out += replacement;
    }
  }
  if (at < bytes.size()) out += replacement;
  return out;
}

bool is_latin1(std::string_view encoding) {
  std::string lower{encoding};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return lower == "iso-8859-1" || lower == "latin1" || lower == "latin-1";
}

// How many bytes the valid character at `at` has; 0 if there is none.
std::size_t character_length(std::string_view text, std::size_t at) {
  const unsigned lead = byte_at(text, at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (std::size_t next = 1; next < length; ++next) {
    if (!is_continuation(text, at + next)) return 0;
  }
  const unsigned second = byte_at(text, at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_large = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

// Whether the eight bytes are all ASCII and none of them zero: nearly all of nearly every report.
bool plain_eight(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = 0x8080808080808080U;
  return ((word | (word - ones)) & highs) == 0;
}

bool is_control(unsigned byte) { return byte < 0x20 || byte == 0x7F; }

std::string shown(std::string_view text, bool one_line) {
  const bool is_plain = std::all_of(text.begin(), text.end(),
                                    [](char letter) { return letter >= ' ' && letter <= '~'; });
  if (is_plain) return std::string{text};
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const unsigned byte = byte_at(text, at);
    const std::size_t length = character_length(text, at);
    // U+0080 to U+009F are controls too: a terminal may take them for the start of a command.
    const bool c1 = length == 2 && byte == 0xC2 && byte_at(text, at + 1) < 0xA0;
    if (byte == '\r') {
      const bool with_newline = at + 1 < text.size() && text[at + 1] == '\n';
      if (!with_newline) out.push_back(one_line ? ' ' : '\n');
    } else if (byte == '\n' || byte == '\t') {
      out.push_back(one_line ? ' ' : text[at]);
    } else if (length == 0 || is_control(byte) || c1) {
      out += replacement;
    } else {
      out.append(text, at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace

void to_utf8(std::string_view bytes, Utf8& out) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    out.converted = from_utf16(bytes.substr(2), bytes.starts_with("\xFE\xFF"));
    out.text = out.converted;
  } else if (bytes.starts_with("\xEF\xBB\xBF")) {
    out.text = bytes.substr(3);
  } else if (is_latin1(declared_encoding(bytes))) {
    out.converted = from_latin1(bytes);
    out.text = out.converted;
  } else {
    out.text = bytes;
  }
}

std::size_t invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (at + 8 <= text.size() && plain_eight(text.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t length = text[at] == '\0' ? 0 : character_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::string_view declared_encoding(std::string_view text) {
  if (!text.starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(0, text.substr(0, 200).find("?>"));
  constexpr std::string_view key = "encoding=";
  const std::size_t found = declaration.find(key);
  if (found == std::string_view::npos) return {};
  const std::string_view rest = declaration.substr(found + key.size());
  if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) return {};
  return rest.substr(1, rest.find(rest[0], 1) - 1);
}

std::string showable(std::string_view text) { return shown(text, false); }

std::string showable_line(std::string_view text) { return shown(text, true); }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string cut_short(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes > ellipsis.size() ? bytes - ellipsis.size() : 0;
  while (end > 0 && is_continuation(text, end))
    --end;
  text.resize(end);
  text += ellipsis;
  return text;
}

}  // namespace oche::detail
