// check.hpp - whether a pipeline keeps its policies: proofs, refutations, and their texts.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>
#include <oche/analysis/policy.hpp>
#include <oche/analysis/secret_cut.hpp>
#include <oche/analysis/time.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace oche {

enum class Verdict : std::uint8_t {
  holds,      ///< proved, for every list size and every outcome
  violated,   ///< refuted: the finding says after what
  undecided,  ///< too many cases to tell apart; counts as a violation
  nothing,    ///< the pipeline has no subject
  not_known,  ///< of a cost: steps have never run, or lists have any size; no violation
};
/// `holds`, `violated`, `undecided`, `nothing to check`, `not known`.
[[nodiscard]] std::string_view to_string(Verdict verdict);

/// One node of a path through a pipeline, and what it does there.
struct Link {
  NodeId node = no_node;
  std::string how = {};
};

/// One thing that goes otherwise than wished: `lint fails`.
struct Deviation {
  enum class What : std::uint8_t {
    fails,
    waits,       ///< for ever: a refused approval
    is_skipped,  ///< by a hole
    is_false,    ///< a condition
    is_empty,    ///< a list
  };
  NodeId node = no_node;
  What what = What::fails;
  /// One of those whose success the policy asks for.
  bool is_asked_for = false;
};
/// `fails`, `waits for ever`, `is skipped`, `is false`, `is empty`.
[[nodiscard]] std::string_view to_string(Deviation::What what);

/// What was found out about one subject.
struct Finding {
  NodeId subject = no_node;
  Verdict verdict = Verdict::holds;
  /// Proved: from the subject to what forces it. Refuted: the data's, or the secret's, path. Of a
  /// cost: the dearest, or those of which it is not known.
  std::vector<Link> path = {};
  /// Where two things meet: the path of the other.
  std::vector<Link> other = {};
  /// Refuted: the fewest things that must go wrong for the subject to run all the same.
  std::vector<Deviation> after = {};
  std::string text = {};  ///< one sentence, where the paths do not say it
};

/// The answer to one policy.
struct Answer {
  std::string policy;
  Policy::Claim claim = Policy::Claim::none;
  std::source_location where;
  Verdict verdict = Verdict::holds;
  std::size_t subjects = 0;
  std::vector<Finding> findings = {};  ///< at most `most_findings`, violations first
  std::size_t more = 0;                ///< subjects that were refuted too, or could not be proved
  /// Of a secret that gets where it must not: what would have to change.
  std::optional<SecretCut> cut = {};
  Failure problem = {};  ///< the policy names what is not there
};
inline constexpr std::size_t most_findings = 20;

struct CheckReport {
  std::vector<Answer> answers;
  [[nodiscard]] bool holds() const;
};

/// Checks every policy; nothing runs. Only what a run costs depends on what is `known`. Where the
/// program itself distrusts something (`distrust(x)`), that has an answer of its own, the last.
///
/// `needs_success_of` is exact: a proof holds for every outcome of every step, every condition and
/// every size of every list, a refutation names outcomes after which the step really runs. What is
/// behind a hole cannot be seen: a hole that could run without the success, and whose contract does
/// not rule the subject out, is a violation.
/// Cost: linear in nodes and edges for up to 64 policies at a time; refutations more.
[[nodiscard]] CheckReport check(const Facts& facts, const Policies& policies,
                                const Assumptions& known = {});
[[nodiscard]] CheckReport check(const Graph& graph, const Policies& policies,
                                const Assumptions& known = {});

[[nodiscard]] std::string to_text(const CheckReport& report, const Graph& graph);
[[nodiscard]] std::string to_json(const CheckReport& report, const Graph& graph);

}  // namespace oche
