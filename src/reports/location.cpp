// location.cpp - find the source line that a failure's text names.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include "reports/location.hpp"

#include "reports/encoding.hpp"
#include "reports/number.hpp"

namespace oche::detail {
namespace {

constexpr std::string_view digits = "0123456789";

// A name with an ending, and no blank in its last part: what is not one is taken for a sentence.
bool is_file_name(std::string_view text) {
  const std::size_t slash = text.find_last_of("/\\");
  const std::string_view last = slash == std::string_view::npos ? text : text.substr(slash + 1);
  const std::size_t dot = last.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < last.size() &&
         last.find_first_of(" \t\"'<>(){}:,=") == std::string_view::npos &&
         text.find_first_of("\"<>|*?") == std::string_view::npos && !text.starts_with("http");
}

// `file:12` with nothing, a column or an explanation behind it; the colon of `C:\` is no such
// colon.
Location with_colon(std::string_view line) {
  for (std::size_t colon = line.find(':'); colon != std::string_view::npos;
       colon = line.find(':', colon + 1)) {
    const std::size_t end = line.find_first_not_of(digits, colon + 1);
    const std::string_view number = line.substr(colon + 1, end - colon - 1);
    if (number.empty()) continue;
    if (end != std::string_view::npos && line[end] != ':') return {};
    const std::string_view file = line.substr(0, colon);
    if (!is_file_name(file)) return {};
    return {showable_line(file), read_line_number(number)};
  }
  return {};
}

Location with_brackets(std::string_view line) {
  const std::size_t open = line.find('(');
  if (open == std::string_view::npos) return {};
  const std::size_t close = line.find_first_not_of(digits, open + 1);
  if (close == std::string_view::npos || close == open + 1 || line[close] != ')') return {};
  if (close + 1 < line.size() && line[close + 1] != ':') return {};
  const std::string_view file = line.substr(0, open);
  if (!is_file_name(file)) return {};
  return {showable_line(file), read_line_number(line.substr(open + 1, close - open - 1))};
}

// `at shop.CartTest.addsUp(CartTest.java:17)`
Location java_frame_in(std::string_view line, std::string_view suite) {
  line = trimmed(line);
  if (suite.empty() || !line.starts_with("at ") || !line.ends_with(')')) return {};
  line = line.substr(3, line.size() - 4);
  if (!line.starts_with(suite) || !line.substr(suite.size()).starts_with('.')) return {};
  const std::size_t open = line.find('(');
  return open == std::string_view::npos ? Location{} : with_colon(line.substr(open + 1));
}

bool is_absolute(std::string_view file) {
  return file.starts_with('/') || (file.size() > 2 && file[1] == ':');
}

}  // namespace

Location place_in(std::string_view line) {
  line = trimmed(line);
  if (line.size() > 1024) return {};
  if (line.starts_with("at ")) line.remove_prefix(3);
  Location place = with_colon(line);
  if (place.file.empty()) place = with_brackets(line);
  if (place.line == 0) return {};
  return place;
}

Location first_place(std::string_view text, std::string_view suite) {
  Location first;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::string_view line = text.substr(0, newline);
    Location place = place_in(line);
    if (place.file.empty()) place = java_frame_in(line, suite);
    if (!place.file.empty() && !is_absolute(place.file)) return place;
    if (first.file.empty()) first = std::move(place);
    if (newline == std::string_view::npos) break;
    text.remove_prefix(newline + 1);
  }
  return first;
}

}  // namespace oche::detail
