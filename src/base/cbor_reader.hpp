// cbor_reader.hpp - reads CBOR's heads, shortest form only, and remembers where it went wrong.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/cbor.hpp"

#include <string>
#include <string_view>

namespace oche::detail {

/// Every function but the simple questions returns false once it has failed; a failed one leaves
/// the place where it began.
class CborReader {
 public:
  explicit CborReader(std::string_view bytes) : bytes_(bytes) {}

  bool natural(std::uint64_t& value);
  /// A whole number; for a negative one `value` is -1 minus it.
  bool whole(bool& negative, std::uint64_t& value);
  bool real(std::uint64_t& bits);
  /// A string of bytes or of text; a view into what is being read.
  bool string(Major major, std::string_view& value);
  /// The length of a list or map; never more than the bytes that are left.
  bool length(Major major, std::uint64_t& count);
  bool fixed_list(std::uint64_t count);
  /// Passes exactly this byte. `what` is what was expected.
  bool byte(char expected, const char* what);
  /// Passes the text `name` if it comes next; no failure otherwise.
  bool skip_name(std::string_view name);

  [[nodiscard]] bool next_is(char byte) const { return at_ < bytes_.size() && bytes_[at_] == byte; }
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::string_view since(std::size_t start) const {
    return bytes_.substr(start, at_ - start);
  }
  bool fail(std::string problem);
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  bool head(Major major, std::uint64_t& value, const char* what);

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::string problem_;
};

}  // namespace oche::detail
