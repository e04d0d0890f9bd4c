// read_back.hpp - a workflow file as its service would understand it: what runs after what, and if.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace oche::tests {

/// One job of a file, by the words of its service.
struct ReadJob {
  std::string name;                ///< the path of what it does
  std::vector<std::string> needs;  ///< names
  std::vector<std::string> optional_needs;
  std::string condition;   ///< `if`, or `rules: if`; empty: none
  bool is_manual = false;  ///< a person starts it, or agrees to it
  bool may_fail = false;   ///< GitLab's allow_failure
  std::vector<std::string> script;
  std::map<std::string, std::string> environment;
};

struct ReadWorkflow {
  std::vector<ReadJob> jobs;
  std::vector<std::string> conditions;  ///< inputs, or variables, in order
};

/// GitHub's file, with `${{ '…' }}` replaced. Fails: throws what the YAML library throws.
[[nodiscard]] ReadWorkflow read_github(const std::string& text);
[[nodiscard]] ReadWorkflow read_gitlab(const std::string& text);

/// What happens around a workflow.
struct World {
  std::set<std::string> failing;     ///< jobs
  std::set<std::string> unapproved;  ///< jobs that a person never starts
  std::set<std::string> untrue;      ///< conditions; the others are true
};
/// Names of the jobs that run, as the services' manuals say.
[[nodiscard]] std::set<std::string> run_github(const ReadWorkflow& workflow, const World& world);
[[nodiscard]] std::set<std::string> run_gitlab(const ReadWorkflow& workflow, const World& world);

}  // namespace oche::tests
