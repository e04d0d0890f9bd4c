// marks.hpp - which nodes a policy's selectors choose.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>
#include <oche/analysis/policy.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace oche::detail {

/// Looks up selectors; what they choose is found once for each of their parts.
class Marks {
 public:
  explicit Marks(const Facts& facts) : facts_(facts) {}

  /// In the order of the graph, each once. Nothing for `untrusted`: that depends on other policies.
  [[nodiscard]] std::vector<NodeId> of(const Selector& selector);
  /// Why a name that a selector gives is no name in this pipeline; nothing if it is one.
  [[nodiscard]] std::optional<Failure> problem(const Selector& selector);
  /// Can a hole that promises this do what the selector chooses?
  [[nodiscard]] bool may_be_inside(NodeId hole, const Selector& selector) const;

 private:
  void index();
  void index_labels();
  [[nodiscard]] std::vector<NodeId> named(const std::string& name);
  const std::vector<NodeId>& at_path(const std::string& name);
  [[nodiscard]] std::vector<NodeId> of_part(const Selector::Part& part);
  [[nodiscard]] std::vector<NodeId> within(const std::string& group) const;

  const Facts& facts_;
  bool is_indexed_ = false;
  std::vector<NodeId> work_;  ///< steps and commands
  std::vector<NodeId> approvals_;
  std::vector<NodeId> inputs_;
  std::unordered_map<std::string_view, std::vector<NodeId>> by_label_;
  std::unordered_map<std::string, std::vector<NodeId>> by_path_;
};

}  // namespace oche::detail
