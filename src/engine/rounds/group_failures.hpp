// group_failures.hpp - several labelled failures as one: equal ones are told once.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/failure.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace oche::detail::rounds {

/// `debian, alpine failed: no space left; windows timed out: after 5 min`. Keeps the first dozen
/// and
/// says how many more there are.
class GroupedFailures {
 public:
  /// `failure` must outlive this.
  void add(std::string_view label, const Failure& failure);
  [[nodiscard]] bool is_full() const;
  /// How many there are, if not all were added.
  void set_count(std::size_t count) { count_ = count; }
  /// Requires: something was added. Facts and hint are the first one's, unless others differ.
  [[nodiscard]] Failure failure() const;

 private:
  struct Group {
    std::string labels;
    const Failure* failure;
  };
  std::vector<Group> groups_;
  std::size_t added_ = 0;
  std::size_t count_ = 0;
};

}  // namespace oche::detail::rounds
