// impact_line.cpp - which nodes a line of the user's program wrote.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include <oche/analysis/impact.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace oche {
namespace {

struct Lines {
  std::string_view file;
  std::uint32_t first = 0;
  std::uint32_t last = ~std::uint32_t{0};
};

bool take_number(std::string_view text, std::uint32_t& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size();
}

/// `file`, `file:12` or `file:10-20`.
Lines lines_of(std::string_view place) {
  Lines lines{.file = place};
  const std::size_t colon = place.rfind(':');
  if (colon == place.npos) return lines;
  const std::string_view numbers = place.substr(colon + 1);
  const std::size_t dash = std::min(numbers.find('-'), numbers.size());
  std::uint32_t first = 0;
  if (!take_number(numbers.substr(0, dash), first)) return lines;
  std::uint32_t last = first;
  if (dash < numbers.size() && !take_number(numbers.substr(dash + 1), last)) return lines;
  return {place.substr(0, colon), first, last};
}

bool is_file(std::string_view whole, std::string_view end) {
  return whole == end || (whole.size() > end.size() && whole.ends_with(end) &&
                          whole[whole.size() - end.size() - 1] == '/');
}

Failure nothing_written(std::string_view place, const Lines& wanted,
                        const std::set<std::pair<std::string, std::uint32_t>>& written) {
  Failure failure{.what = fmt::format("no node was written at {}", place)};
  std::optional<std::uint32_t> nearest;
  std::vector<std::string> files;
  const auto far = [&](std::uint32_t line) {
    return line < wanted.first ? wanted.first - line : line - wanted.first;
  };
  for (const auto& [file, line] : written) {
    files.push_back(file.substr(file.find_last_of('/') + 1));
    if (is_file(file, wanted.file) && (!nearest || far(line) < far(*nearest))) nearest = line;
  }
  if (nearest)
    failure.hint = fmt::format("the nearest line that wrote one is {}:{}", wanted.file, *nearest);
  else
    failure.hint = detail::did_you_mean(wanted.file, files);
  if (failure.hint.empty()) failure.hint = "give it as main.cpp:12, main.cpp:10-20 or main.cpp";
  return failure;
}

}  // namespace

Result<std::vector<NodeId>> written_at(const Facts& facts, std::string_view place) {
  const Lines wanted = lines_of(place);
  std::vector<NodeId> found;
  std::set<std::pair<std::string, std::uint32_t>> written;
  for (NodeId node = 0; node < facts.size(); ++node) {
    bool is_here = false;
    for (const std::source_location& where : facts.graph().all_wheres(node)) {
      is_here = is_here || (is_file(where.file_name(), wanted.file) &&
                            where.line() >= wanted.first && where.line() <= wanted.last);
      written.emplace(where.file_name(), where.line());
    }
    if (is_here) found.push_back(node);
  }
  if (found.empty()) return nothing_written(place, wanted, written);
  return found;
}

}  // namespace oche
