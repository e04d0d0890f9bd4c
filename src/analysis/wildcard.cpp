// wildcard.cpp - matching with one way back: to the last star.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/wildcard.hpp"

#include <algorithm>

namespace oche::detail {
namespace {

constexpr std::size_t none = ~std::size_t{0};

/// The level that begins at `start`.
std::string_view level_at(std::string_view path, std::size_t start) {
  return path.substr(start, std::min(path.find('/', start), path.size()) - start);
}

}  // namespace

bool has_wildcard(std::string_view text) { return text.find_first_of("*?") != text.npos; }

// What the last star has taken grows by one whenever what follows it does not fit. To go back to an
// earlier star is never needed, since the last one can take whatever that one could.
bool text_matches(std::string_view pattern, std::string_view name) {
  std::size_t at = 0;
  std::size_t seen = 0;
  std::size_t star = none;  // behind the last star
  std::size_t star_seen = 0;
  while (seen < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = ++at;
      star_seen = seen;
    } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == name[seen])) {
      ++at;
      ++seen;
    } else if (star != none) {
      at = star;
      seen = ++star_seen;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*')
    ++at;
  return at == pattern.size();
}

// The same walk, a level at a time.
bool path_matches(std::string_view pattern, std::string_view path) {
  std::size_t at = 0;    // where a level of the pattern begins; past the end: none is left
  std::size_t seen = 0;  // likewise of the path
  std::size_t star = none;
  std::size_t star_seen = 0;
  while (seen <= path.size()) {
    const bool is_left = at <= pattern.size();
    if (is_left && level_at(pattern, at) == "**") {
      star = at += 3;
      star_seen = seen;
    } else if (is_left && text_matches(level_at(pattern, at), level_at(path, seen))) {
      at += level_at(pattern, at).size() + 1;
      seen += level_at(path, seen).size() + 1;
    } else if (star != none) {
      at = star;
      seen = star_seen += level_at(path, star_seen).size() + 1;
    } else {
      return false;
    }
  }
  while (at <= pattern.size() && level_at(pattern, at) == "**")
    at += 3;
  return at > pattern.size();
}

}  // namespace oche::detail
