// pattern.cpp - matching names and paths.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/pattern.hpp"

#include "base/make_set.hpp"
#include <oche/base/outcome.hpp>

#include <algorithm>

namespace oche::detail {

namespace {

constexpr std::string_view any_depth = "**";

// Matches one byte against what stands at `level[at]`, and moves `at` behind it.
bool takes(std::string_view level, std::size_t& at, char byte) {
  const char c = level[at++];
  if (c == '?') return true;
  if (c == '\\' && at < level.size()) return level[at++] == byte;
  if (c != '[') return c == byte;
  std::size_t i = at;
  const bool negated = i < level.size() && (level[i] == '!' || level[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < level.size() && (first || level[i] != ']'); first = false) {
    if (level[i] == '\\' && i + 1 < level.size()) ++i;
    const auto low = static_cast<unsigned char>(level[i++]);
    auto high = low;
    if (i + 1 < level.size() && level[i] == '-' && level[i + 1] != ']') {
      high = static_cast<unsigned char>(level[i + 1]);
      i += 2;
    }
    const auto b = static_cast<unsigned char>(byte);
    found = found || (low <= b && b <= high);
  }
  if (i >= level.size()) return c == byte;  // no closing bracket: a bracket like any other
  at = i + 1;
  return found != negated;
}

}  // namespace

bool name_matches(std::string_view level, std::string_view name) {
  std::size_t at = 0;
  std::size_t seen = 0;
  std::size_t star = std::string_view::npos;  // behind the last star
  std::size_t star_seen = 0;
  while (seen < name.size()) {
    if (at < level.size() && level[at] == '*') {
      star = ++at;
      star_seen = seen;
      continue;
    }
    if (std::size_t next = at; at < level.size() && takes(level, next, name[seen])) {
      at = next;
      ++seen;
      continue;
    }
    if (star == std::string_view::npos) return false;
    at = star;  // let the star take one byte more
    seen = ++star_seen;
  }
  while (at < level.size() && level[at] == '*')
    ++at;
  return at == level.size();
}

Pattern::Pattern(std::string_view text) : text_(text) {
  const auto refuse = [&text](std::string why) {
    throw Error(Failure{std::move(why),
                        FailureClass::failed,
                        {{"pattern", std::string(text)}},
                        "patterns are relative to the working folder, such as dist/*.whl",
                        {}});
  };
  if (text.empty()) refuse("a pattern is empty");
  if (text.front() == '/') refuse("a pattern is an absolute path");
  if (text.find('\0') != text.npos) refuse("a pattern has a NUL byte");
  while (!text.empty()) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view level = text.substr(0, slash);
    text.remove_prefix(std::min(slash + 1, text.size()));
    if (level.empty() || level == ".") continue;
    if (level == "..") {
      text = text_;
      refuse("a pattern leads out of the folder");
    }
    if (level != any_depth || levels_.empty() || levels_.back() != any_depth) {
      levels_.emplace_back(level);
    }
  }
}

Pattern::Places Pattern::closed(Places places) const {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] < levels_.size() && levels_[places[i]] == any_depth) {
      places.push_back(places[i] + 1);  // no level at all
    }
  }
  make_set(places);
  return places;
}

Pattern::Places Pattern::start() const { return closed({0}); }

Pattern::Places Pattern::after(const Places& places, std::string_view name) const {
  Places next;
  for (const std::size_t place : places) {
    if (place == levels_.size()) continue;
    if (levels_[place] == any_depth) {
      next.push_back(place);
    } else if (name_matches(levels_[place], name)) {
      next.push_back(place + 1);
    }
  }
  return closed(std::move(next));
}

bool Pattern::is_match(const Places& places) const {
  return !places.empty() && places.back() == levels_.size();
}

Pattern::Places Pattern::follow(std::string_view path) const {
  Places places = start();
  while (!path.empty() && !places.empty() && !is_match(places)) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    places = after(places, path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return places;
}

bool Pattern::matches(std::string_view path) const { return is_match(follow(path)); }

bool Pattern::may_match_below(std::string_view folder) const { return !follow(folder).empty(); }

}  // namespace oche::detail
