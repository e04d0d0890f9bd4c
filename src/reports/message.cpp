// message.cpp - why a test did not pass, from a <failure>, <error> or <skipped>.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include "reports/message.hpp"

#include "reports/encoding.hpp"
#include "reports/xml.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace oche::detail {
namespace {

// Far more than is kept; a text of this size is cut before it is looked at.
constexpr std::size_t longest_text = 1 << 20;

// What tools write when the reason stands elsewhere.
constexpr std::array<std::string_view, 6> says_nothing = {
    "", "Failed", "failed", "FAILED", "collection failure", "Test failed"};

bool is_saying_nothing(std::string_view message) {
  for (const std::string_view nothing : says_nothing) {
    if (message == nothing) return true;
  }
  return false;
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

// Catch2 ends with the place.
std::string_view without_ending(std::string_view text) {
  text = trimmed(text);
  const std::size_t newline = text.rfind('\n');
  if (newline == std::string_view::npos || place_in(text.substr(newline)).file.empty()) return text;
  return trimmed(text.substr(0, newline));
}

// GoogleTest begins with the place, Catch2 with "FAILED:".
std::string_view without_heading(std::string_view text) {
  text = without_ending(text);
  for (;;) {
    const std::string_view line = trimmed(first_line(text));
    const bool heading = line == "FAILED:" || line == "unknown file" ||
                         (!place_in(line).file.empty() && line.find(' ') == std::string_view::npos);
    if (!heading || line.size() == text.size()) return text;
    text = trimmed(text.substr(first_line(text).size()));
  }
}

// The lines that pytest marks as the error itself, where there are any.
std::string marked_lines(std::string_view text) {
  std::string marked;
  while (!text.empty()) {
    const std::string_view line = first_line(text);
    if (line.starts_with("E   ")) {
      if (!marked.empty()) marked += '\n';
      marked += trimmed(line.substr(1));
    }
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return marked;
}

}  // namespace

Explanation explain(pugi::xml_node element, std::string_view suite) {
  std::string text = inner_text(element);
  if (text.size() > longest_text) text.resize(longest_text);
  const std::string_view told = trimmed(element.attribute("message").value());

  Explanation explanation;
  explanation.location = first_place(text, suite);
  if (explanation.location.file.empty()) explanation.location = first_place(told, suite);
  if (!is_saying_nothing(told)) {
    explanation.message = showable(without_heading(told));
  } else if (std::string marked = marked_lines(text); !marked.empty()) {
    explanation.message = showable(marked);
  } else {
    const std::string_view rest = without_heading(text);
    explanation.message = showable(rest.empty() ? told : rest);
  }
  return explanation;
}

}  // namespace oche::detail
