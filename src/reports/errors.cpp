// errors.cpp - what is said when a report cannot be read.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include "reports/errors.hpp"

#include "reports/encoding.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace oche::detail {
namespace {

constexpr std::size_t excerpt_before = 40;
constexpr std::size_t excerpt_length = 80;

std::size_t line_start(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  const std::size_t newline = text.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

Place place_of(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const std::string_view line = before.substr(line_start(text, offset));
  Place place;
  place.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  place.column +=
      static_cast<std::size_t>(std::count_if(line.begin(), line.end(), starts_character));
  return place;
}

std::string excerpt(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::size_t start = line_start(text, offset);
  std::size_t from = offset - start > excerpt_before ? offset - excerpt_before : start;
  while (from > start && !starts_character(text[from]))
    --from;
  const std::string_view line = text.substr(from, text.find('\n', offset) - from);
  return cut_short(showable_line(trimmed(line)), excerpt_length);
}

Failure unreadable(std::string what, std::string hint) {
  Failure failure;
  failure.kind = FailureClass::errored;
  failure.what = std::move(what);
  failure.hint = std::move(hint);
  return failure;
}

Failure unreadable_at(std::string what, std::string hint, std::string_view report,
                      std::string_view text, std::size_t offset) {
  Failure failure = unreadable(std::move(what), std::move(hint));
  const Place place = place_of(text, offset);
  failure.facts.push_back({"at", fmt::format("{}:{}:{}", report, place.line, place.column)});
  std::string line = excerpt(text, offset);
  if (!line.empty()) failure.facts.push_back({"line", std::move(line)});
  return failure;
}

}  // namespace oche::detail
