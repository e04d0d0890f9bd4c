// scripts.cpp - which attempt ends how, as the test has said.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include "testing/scripts.hpp"

#include "analysis/wildcard.hpp"

#include <algorithm>
#include <utility>

namespace oche::testing {

void Scripts::add(std::string where, std::function<End(const Started&)> how) {
  scripts_.push_front({std::move(where), std::move(how)});
}

End Scripts::next(const std::string& path, const std::string& label, const std::string& name,
                  Time at) {
  const Started started{path, label.empty() ? name : label, ++attempts_[path], at};
  const auto fits = [&](const Script& script) {
    return script.where == label || script.where == name ||
           detail::path_matches(script.where, path);
  };
  const auto script = std::find_if(scripts_.begin(), scripts_.end(), fits);
  if (script == scripts_.end()) return hangs();
  script->is_used = true;
  return script->how(started);
}

std::vector<std::string> Scripts::unused() const {
  std::vector<std::string> all;
  for (auto script = scripts_.rbegin(); script != scripts_.rend(); ++script) {
    if (!script->is_used) all.push_back(script->where);
  }
  return all;
}

int Scripts::attempts(std::string_view path) const {
  const auto found = attempts_.find(path);
  return found == attempts_.end() ? 0 : found->second;
}

}  // namespace oche::testing
