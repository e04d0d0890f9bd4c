// check.cpp - every policy's answer: who its subjects are, and which part looks into its claim.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/check.hpp>

#include "analysis/checker.hpp"
#include "base/make_set.hpp"

#include <algorithm>
#include <utility>

namespace oche {

namespace detail {

Checker::Checker(const Facts& facts, const Policies& policies, const Assumptions& known)
    : facts_(facts), policies_(policies), known_(known), model_(facts), marks_(facts) {}

const DataEdges& Checker::edges() {
  if (!edges_) edges_.emplace(facts_.graph()).know();
  return *edges_;
}

std::vector<NodeId> Checker::subjects_of(const Policy& policy) {
  std::vector<NodeId> list = marks_.of(policy.subject());
  if (policy.claim() == Policy::Claim::none || policy.claim() == Policy::Claim::distrusted ||
      policy.claim() == Policy::Claim::never_reaches ||
      policy.claim() == Policy::Claim::cost_at_most)
    return list;
  // What a hole will build may be a subject too.
  for (const NodeId hole : marks_.of(dynamic_parts()))
    if (marks_.may_be_inside(hole, policy.subject())) list.push_back(hole);
  make_set(list);
  return list;
}

void Checker::begin(std::size_t number) {
  const Policy& policy = policies_[number];
  Answer& answer = report_.answers[number];
  answer.policy = policy.text();
  answer.claim = policy.claim();
  answer.where = policy.where();
  const bool has_two = policy.claim() <= Policy::Claim::ships_what_passed;
  std::optional<Failure> problem;
  if (policy.claim() != Policy::Claim::none && subjects_of(policy).empty())
    problem = marks_.problem(policy.subject());
  if (!problem && has_two) problem = marks_.problem(policy.other());
  if (!problem && policy.safe()) problem = marks_.problem(*policy.safe());
  if (!problem) return;
  problem->where = place_of(policy.where());
  answer.problem = std::move(*problem);
  answer.verdict = Verdict::violated;
}

void Checker::add(std::size_t policy, Finding finding) {
  Answer& answer = report_.answers[policy];
  const bool is_bad = finding.verdict != Verdict::holds;
  const auto is_proof = [](const Finding& one) { return one.verdict == Verdict::holds; };
  if (answer.findings.size() >= most_findings) {
    // A violation is worth more than a proof.
    const auto proof = std::find_if(answer.findings.begin(), answer.findings.end(), is_proof);
    if (!is_bad) return;
    if (proof == answer.findings.end()) {
      ++answer.more;
      return;
    }
    *proof = std::move(finding);
    return;
  }
  answer.findings.push_back(std::move(finding));
}

void Checker::conclude() {
  for (Answer& answer : report_.answers) {
    if (!answer.problem.what.empty()) continue;
    std::sort(answer.findings.begin(), answer.findings.end(),
              [](const Finding& a, const Finding& b) {
                return std::pair(a.verdict == Verdict::holds, a.subject) <
                       std::pair(b.verdict == Verdict::holds, b.subject);
              });
    const auto has = [&](Verdict verdict) {
      return std::any_of(answer.findings.begin(), answer.findings.end(),
                         [&](const Finding& one) { return one.verdict == verdict; });
    };
    if (has(Verdict::violated))
      answer.verdict = Verdict::violated;
    else if (has(Verdict::undecided) || answer.more != 0)
      answer.verdict = Verdict::undecided;
    else if (has(Verdict::not_known))
      answer.verdict = Verdict::not_known;
    else if (answer.verdict == Verdict::holds && answer.subjects == 0)
      answer.verdict = Verdict::nothing;
  }
}

CheckReport Checker::run() {
  report_.answers.resize(policies_.size());
  std::vector<std::size_t> passing;
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    begin(i);
    if (!report_.answers[i].problem.what.empty()) continue;
    if (policies_[i].claim() == Policy::Claim::data_passes_through) passing.push_back(i);
    if (policies_[i].claim() == Policy::Claim::none) check_none(i);
    if (policies_[i].claim() == Policy::Claim::cost_at_most) check_cost(i);
  }
  ask_success();
  for (std::size_t at = 0; at < passing.size(); at += 64)
    check_passing(std::span(passing).subspan(at, std::min<std::size_t>(64, passing.size() - at)));
  check_trust();
  conclude();
  return std::move(report_);
}

}  // namespace detail

bool CheckReport::holds() const {
  return std::all_of(answers.begin(), answers.end(), [](const Answer& one) {
    return one.verdict != Verdict::violated && one.verdict != Verdict::undecided;
  });
}

CheckReport check(const Facts& facts, const Policies& policies, const Assumptions& known) {
  NodeId declared = 0;
  while (declared < facts.size() && facts.trust(declared) != Trust::distrusted)
    ++declared;
  if (declared == facts.size() && policies.empty()) return {};
  if (declared == facts.size()) return detail::Checker(facts, policies, known).run();
  // What the program distrusts is kept from secrets and publishing steps without a policy.
  Policies all = policies;
  const Selector what(Selector::Part{Selector::What::declared_untrusted});
  all.emplace_back(Policy::Claim::distrusted, what, what, facts.graph().where(declared));
  return detail::Checker(facts, all, known).run();
}

CheckReport check(const Graph& graph, const Policies& policies, const Assumptions& known) {
  return check(Facts(graph), policies, known);
}

}  // namespace oche
