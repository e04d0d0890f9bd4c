// masker.hpp - replaces secrets in a stream of bytes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// Puts `***` for every occurrence of a secret, also of one that is split over several pieces, and
/// for each long line of a secret that has several lines. What could be the start of a secret is
/// held back until more comes or `flush`.
class Masker {
 public:
  explicit Masker(const std::vector<std::string>& secrets);

  [[nodiscard]] bool is_idle() const { return secrets_.empty(); }
  void feed(std::string_view bytes, std::string& out);
  void flush(std::string& out);

 private:
  struct Match {
    std::size_t at;
    std::size_t length;
  };
  [[nodiscard]] Match first_match(std::string_view bytes, std::size_t from) const;
  [[nodiscard]] std::size_t start_of_open_end(std::string_view bytes, std::size_t from) const;

  std::vector<std::string> secrets_;  // longest first
  std::string held_;
};

}  // namespace oche::detail
