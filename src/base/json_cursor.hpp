// json_cursor.hpp - finds where the tokens of a JSON text begin and end.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

namespace oche::detail {

/// Steps from token to token. Requires: the text is JSON up to the token asked for.
class JsonCursor {
 public:
  explicit JsonCursor(std::string_view text) : text_(text) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;  // a byte order mark
  }

  /// Passes the next token and gives the place where it begins.
  std::size_t next_token() {
    at_ = after(at_, " \t\r\n,:");
    const std::size_t start = at_;
    if (at_ == text_.size()) return start;
    if (text_[at_] == '"')
      pass_text();
    else if (is_one_of(text_[at_], "[]{}"))
      ++at_;
    else
      at_ = before(at_, " \t\r\n,:[]{}\"");
    return start;
  }

  /// Where the last token ended.
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  static bool is_one_of(char c, std::string_view set) { return set.find(c) != set.npos; }
  [[nodiscard]] std::size_t after(std::size_t from, std::string_view set) const {
    const std::size_t found = text_.find_first_not_of(set, from);
    return found == text_.npos ? text_.size() : found;
  }
  [[nodiscard]] std::size_t before(std::size_t from, std::string_view set) const {
    const std::size_t found = text_.find_first_of(set, from);
    return found == text_.npos ? text_.size() : found;
  }
  void pass_text() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    at_ = at_ < text_.size() ? at_ + 1 : text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace oche::detail
