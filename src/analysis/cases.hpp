// cases.hpp - how a node can run although what it needs has not succeeded: exactly, and at least.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/model.hpp"

#include <optional>
#include <unordered_map>
#include <vector>

namespace oche::detail {

/// What is asked about a subject: may it run although none of `asked` is ok?
struct Question {
  std::vector<NodeId> asked;
  bool no_skips = false;    ///< every condition is true
  bool no_empties = false;  ///< every list has an item
};

/// One choice that was made: of a node's own run, or of a condition's or list's value.
struct Choice {
  NodeId node = no_node;
  bool is_value = false;
  std::uint8_t what = 0;
  friend bool operator==(const Choice&, const Choice&) = default;
};

/// Goal:  find choices under which the subject runs, or show that there are none.
/// Way:   a sweep over costs finds the cheapest way if inputs were independent. What it takes is
///        collected from the subject down. If no choice is needed both ways, that is a scenario.
///        Otherwise inputs do share a choice: each way is tried on its own.
/// Exact, since each try fixes a choice, and with every choice fixed the sweep is evaluation.
/// Cost:  a sweep, where nothing is shared both ways; doubled for each choice that is.
class Cases {
 public:
  enum class Found : std::uint8_t { impossible, possible, gave_up };
  Cases(const Model& model, const Question& question);

  /// `scenario` is then what must go otherwise than wished, beside what was asked for: the fewest
  /// such things, or, in large graphs, a set of which none can be left out.
  [[nodiscard]] Found solve(NodeId subject, std::vector<Choice>& scenario);
  /// Does the subject run if exactly these things go wrong, and none of what was asked succeeds?
  [[nodiscard]] bool happens(NodeId subject, const std::vector<Choice>& scenario);
  /// Of those asked for, which had their chance and did not succeed, in the last `happens`.
  [[nodiscard]] std::vector<NodeId> missed() const;

 private:
  struct Costs;
  struct Fixed;
  using Picks = std::unordered_map<std::uint64_t, std::uint8_t>;
  static std::uint64_t key_of(const Choice& choice) {
    return std::uint64_t{choice.node} * 2 + (choice.is_value ? 1 : 0);
  }

  Found search(NodeId subject, std::vector<Choice>& scenario);
  [[nodiscard]] std::optional<Choice> collect(NodeId subject, Picks& picks) const;
  void shrink(NodeId subject, std::vector<Choice>& scenario);
  bool find_smaller(NodeId subject, std::size_t size, std::size_t from,
                    std::vector<Choice>& chosen);
  [[nodiscard]] std::vector<Choice> candidates() const;
  [[nodiscard]] std::uint8_t& allowed(const Choice& choice) {
    return choice.is_value ? values_[choice.node] : own_[choice.node];
  }

  const Model& model_;
  std::vector<NodeId> deciders_;      ///< by node, where it has one
  std::vector<std::uint8_t> own_;     ///< what is allowed still, by node
  std::vector<std::uint8_t> values_;  ///< likewise, by decider
  std::vector<std::uint8_t> wished_own_;
  std::vector<std::uint8_t> wished_values_;
  std::vector<bool> is_asked_;
  std::vector<NodeId> asked_;
  std::vector<Can<Cost>> costs_;
  std::vector<Cost> wanted_;
  std::vector<Can<PolicyBits>> facts_;
  std::vector<PolicyBits> facts_wanted_;
  std::vector<Choice> candidates_;
  std::uint64_t budget_;
};

}  // namespace oche::detail
