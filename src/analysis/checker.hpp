// checker.hpp - what the parts of `check` share: one answer a policy, filled in by claim.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/cases.hpp"
#include "analysis/flow.hpp"
#include "analysis/forcing.hpp"
#include "analysis/marks.hpp"
#include <oche/analysis/check.hpp>

#include <optional>
#include <vector>

namespace oche::detail {

class Checker {
 public:
  Checker(const Facts& facts, const Policies& policies, const Assumptions& known);
  [[nodiscard]] CheckReport run();

 private:
  /// May one of these run although none of those has succeeded?
  struct Asked {
    std::size_t policy;
    std::vector<NodeId> subjects;
    std::vector<NodeId> others;
  };

  void begin(std::size_t policy);
  [[nodiscard]] std::vector<NodeId> subjects_of(const Policy& policy);
  void add(std::size_t policy, Finding finding);
  void conclude();

  // success.cpp
  void ask_success();
  void ask_about_shipped(std::size_t policy, const std::vector<NodeId>& subjects);
  void answer(std::span<const Asked> questions);
  void answer_one(const Asked& asked, const QuestionBatch& batch, unsigned question);
  [[nodiscard]] std::vector<NodeId> same_thing(std::vector<NodeId> nodes, const Selector* safe);

  // data.cpp
  void check_passing(std::span<const std::size_t> policies);
  void check_none(std::size_t policy);

  // trust.cpp
  void check_trust();
  void spread_distrust();
  void check_distrusted(std::size_t policy);
  void check_secret(std::size_t policy);
  [[nodiscard]] bool ends_distrust(NodeId node) const;
  [[nodiscard]] std::vector<Link> path_to_distrusted(NodeId node) const;
  [[nodiscard]] bool works_on_distrusted(NodeId node) const;

  // cost.cpp
  void check_cost(std::size_t policy);

  [[nodiscard]] const DataEdges& edges();

  const Facts& facts_;
  const Policies& policies_;
  const Assumptions& known_;
  Model model_;
  Marks marks_;
  std::optional<DataEdges> edges_;
  CheckReport report_;
  std::vector<Asked> questions_;
  std::vector<std::uint64_t> distrust_;  ///< by node: 1 where data is distrusted
  std::vector<bool> is_source_;          ///< distrusted inputs
};

}  // namespace oche::detail
