// nearest.cpp - edit distance.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace oche::detail {

namespace {

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replace, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> nearest(std::string_view text, std::vector<std::string> candidates,
                                 std::size_t count) {
  std::vector<std::pair<std::size_t, std::string>> ranked;
  ranked.reserve(candidates.size());
  for (std::string& candidate : candidates) {
    const std::size_t rank = distance(text, candidate);
    ranked.emplace_back(rank, std::move(candidate));
  }
  const std::size_t kept = std::min(count, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(kept),
                    ranked.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kept; ++i)
    names.push_back(std::move(ranked[i].second));
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ", ";
    const bool plain = name.find_first_of(" ,\t\n") == std::string::npos;
    text += plain ? name : "'" + name + "'";
  }
  return text;
}

}  // namespace oche::detail
