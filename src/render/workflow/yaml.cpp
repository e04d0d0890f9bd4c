// yaml.cpp - quotes texts for YAML and for shells.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/workflow/yaml.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oche::detail::workflow {
namespace {

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What YAML does not print: C1 controls, line and paragraph separators, byte order marks.
bool is_unprintable(char32_t point) {
  return (point >= 0x80 && point < 0xA0) || point == 0x2028 || point == 0x2029 || point == 0xFEFF ||
         (point & 0xFFFE) == 0xFFFE;
}

char32_t point_of(std::string_view character) {
  if (character.size() == 1) return static_cast<unsigned char>(character[0]);
  char32_t point = static_cast<unsigned char>(character[0]) & (0x7Fu >> character.size());
  for (const char c : character.substr(1))
    point = (point << 6) | (static_cast<unsigned char>(c) & 0x3Fu);
  return point;
}

void append_line(std::string& out, std::size_t depth, std::string_view text) {
  out.append(depth * 2, ' ');
  out += text;
  out += '\n';
}

}  // namespace

std::string yaml_text(std::string_view text) {
  std::string valid;
  append_utf8(valid, text);
  std::string out = "\"";
  for (std::string_view rest = valid; !rest.empty();) {
    const std::string_view character = rest.substr(0, std::max<std::size_t>(1, utf8_length(rest)));
    rest.remove_prefix(character.size());
    const char32_t point = point_of(character);
    if (character == "\"" || character == "\\") {
      out += '\\';
      out += character;
    } else if (character == "\n") {
      out += "\\n";
    } else if (character == "\t") {
      out += "\\t";
    } else if (point < 0x20 || point == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(point));
    } else if (is_unprintable(point)) {
      out += fmt::format("\\U{:08x}", static_cast<unsigned>(point));
    } else {
      out += character;
    }
  }
  return out + '"';
}

void Yaml::open(std::size_t depth, std::string_view key) {
  append_line(text_, depth, fmt::format("{}:", key));
}
void Yaml::line(std::size_t depth, std::string_view key, std::string_view value) {
  append_line(text_, depth, fmt::format("{}: {}", key, value));
}
void Yaml::item(std::size_t depth, std::string_view key, std::string_view value) {
  append_line(text_, depth, fmt::format("- {}: {}", key, value));
}
void Yaml::comment(std::string_view text) {
  // A comment ends where its line does: what would end it is written as it is in quotes.
  std::string quoted = yaml_text(text);
  const bool is_plain = quoted.size() == text.size() + 2;
  append_line(text_, 0, fmt::format("# {}", is_plain ? text : std::string_view(quoted)));
}

std::string yaml_list(std::span<const std::string> written) {
  return fmt::format("[{}]", fmt::join(written, ", "));
}

std::string shell_pattern(std::string_view pattern) {
  constexpr std::string_view meant = "*?[]-_./";
  std::string out = pattern.starts_with('-') ? "./" : "";
  for (const char c : pattern) {
    const bool is_ascii = (static_cast<unsigned char>(c) & 0x80U) == 0;
    if (c == '\n') {
      out += "$'\\n'";
      continue;
    }
    if (is_ascii && !is_alnum(c) && meant.find(c) == meant.npos) out += '\\';
    out += c;
  }
  return out;
}

std::string Slugs::of(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    if (is_alnum(c) || c == '_') {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (slug.ends_with('-'))
    slug.pop_back();
  constexpr std::size_t longest_slug = 80;
  slug = slug.substr(0, longest_slug);
  // YAML would take these for something else than a name.
  static constexpr std::string_view words[] = {"true", "false", "null", "yes", "no",
                                               "on",   "off",   "y",    "n"};
  std::string small = slug;
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const bool is_word = std::find(std::begin(words), std::end(words), small) != std::end(words);
  if (is_word || slug.empty() || (slug[0] >= '0' && slug[0] <= '9')) slug.insert(0, "_");
  std::string unique = slug;
  for (int i = 2; !used_.insert(unique).second; ++i)
    unique = fmt::format("{}-{}", slug, i);
  return unique;
}

std::string variable_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') {
      name += static_cast<char>(c - 'a' + 'A');
    } else {
      name += is_alnum(c) ? c : '_';
    }
  }
  return name;
}

std::string environment_name(std::string_view vault, std::string_view name) {
  return variable_name(fmt::format("OCHE_SECRET_{}_{}", vault, name));
}

}  // namespace oche::detail::workflow
