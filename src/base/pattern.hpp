// pattern.hpp - glob patterns over paths: `dist/*.whl`, `**/report.xml`, `docs`.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// A pattern over paths that are relative to some folder, compared one folder level at a time, so
/// that folders in which nothing can match are never opened.
///
/// `*` matches any part of a name, `?` one byte of it, `[a-c]` and `[!a-c]` one of (or not of) a
/// set, `\x` the character x itself; a level of `**` matches any number of levels. Names that begin
/// with a dot are like any other. A pattern that matches a folder means everything in it.
class Pattern {
 public:
  /// Throws an Error (class `failed`) for a pattern that is empty, absolute or leads out by `..`.
  explicit Pattern(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

  /// How far a path has matched: places in the pattern, any of which may be the right one.
  using Places = std::vector<std::size_t>;
  [[nodiscard]] Places start() const;
  /// After one more name; empty if nothing below it can match.
  [[nodiscard]] Places after(const Places& places, std::string_view name) const;
  /// Does the path so far match?
  [[nodiscard]] bool is_match(const Places& places) const;

  /// Does a whole path match, by itself or because a folder on the way does?
  [[nodiscard]] bool matches(std::string_view path) const;
  /// Could anything in this folder match?
  [[nodiscard]] bool may_match_below(std::string_view folder) const;

 private:
  // As far as `path` goes, or up to the first match on the way.
  [[nodiscard]] Places follow(std::string_view path) const;
  [[nodiscard]] Places closed(Places places) const;

  std::string text_;
  std::vector<std::string> levels_;
};

/// Does one name match one level of a pattern?
[[nodiscard]] bool name_matches(std::string_view level, std::string_view name);

}  // namespace oche::detail
