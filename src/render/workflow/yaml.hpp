// yaml.hpp - texts and blocks as YAML writes them, and words as a shell reads them.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail::workflow {

/// In double quotes, on one line, whatever the text; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string yaml_text(std::string_view text);

/// Lines of a file, each with its depth.
class Yaml {
 public:
  /// `key:`, for what is written one deeper.
  void open(std::size_t depth, std::string_view key);
  void line(std::size_t depth, std::string_view key, std::string_view value);
  /// `- key: value`
  void item(std::size_t depth, std::string_view key, std::string_view value);
  void comment(std::string_view text);
  void blank() { text_ += '\n'; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// `[a, b]` of what is written already.
[[nodiscard]] std::string yaml_list(std::span<const std::string> written);

/// A glob pattern for a shell: spaces and the like are taken as they are, `*`, `?`, `[…]` are not.
[[nodiscard]] std::string shell_pattern(std::string_view pattern);

/// Names of letters, digits, `-` and `_`, each given once.
class Slugs {
 public:
  [[nodiscard]] std::string of(std::string_view text);

 private:
  std::set<std::string> used_;
};

/// What a variable is called where only capital letters, digits and `_` may stand.
[[nodiscard]] std::string variable_name(std::string_view text);
/// Where a pipeline's program looks for a secret, see docs/command-line.md.
[[nodiscard]] std::string environment_name(std::string_view vault, std::string_view name);

}  // namespace oche::detail::workflow
