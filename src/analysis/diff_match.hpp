// diff_match.hpp - which step of the one version is which of the other.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/outline.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

inline constexpr std::size_t no_match = ~std::size_t{0};

/// By path; of what is left by content; then by name and operation, where one alone can be meant.
struct Matching {
  Matching(const Outline& before, const Outline& now);

  std::vector<std::size_t> of_before;  ///< by node of `before`: its node of `now`, or no_match
  std::vector<std::size_t> of_now;
  std::map<std::string, std::string, std::less<>> new_path;  ///< of what has moved, by old path

  /// A text of the old version, with the paths of the new one, and its sets in their order.
  [[nodiscard]] std::string renamed(std::string_view text) const;

 private:
  void learn_cut(std::string_view text);
  [[nodiscard]] std::string with_cuts_of_now(std::string_view text) const;
  void match(std::size_t before, std::size_t now);
  template <class Key>
  void match_by(const Outline& before, const Outline& now, Key key, bool must_be_alone);

  /// By either of its digests, what stands between the marks of a cut text of `now`.
  std::map<std::string, std::string, std::less<>> cut_now_;
};

}  // namespace oche::detail
