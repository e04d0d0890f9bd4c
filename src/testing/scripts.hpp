// scripts.hpp - which attempt ends how, as the test has said.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/testing/test_engine.hpp>

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oche::testing {

/// Threads: one.
class Scripts {
 public:
  void add(std::string where, std::function<End(const Started&)> how);
  /// How the next attempt at this path ends; `name`: of the step or the command's operation.
  [[nodiscard]] End next(const std::string& path, const std::string& label, const std::string& name,
                         Time at);
  [[nodiscard]] std::vector<std::string> unused() const;
  [[nodiscard]] int attempts(std::string_view path) const;

 private:
  struct Script {
    std::string where;
    std::function<End(const Started&)> how;
    bool is_used = false;
  };
  std::deque<Script> scripts_;
  std::map<std::string, int, std::less<>> attempts_;
};

}  // namespace oche::testing
