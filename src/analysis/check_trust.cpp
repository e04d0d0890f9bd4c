// check_trust.cpp - where distrusted data meets secrets and what is published.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/checker.hpp"
#include "analysis/promise.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {

namespace {
bool chooses_untrusted(const Selector& selector) {
  const auto& parts = selector.parts();
  return std::any_of(parts.begin(), parts.end(), [](const Selector::Part& part) {
    return part.what == Selector::What::untrusted;
  });
}

bool is_called(const SecretName& secret, const std::string& name) {
  return secret.name == name || fmt::format("{}/{}", secret.vault, secret.name) == name;
}
}  // namespace

/// A person's approval ends distrust: the value was looked at. So does a reason to trust it.
bool Checker::ends_distrust(NodeId node) const {
  return facts_.graph().kind(node) == Kind::approve || facts_.trust(node) == Trust::vouched;
}

void Checker::spread_distrust() {
  distrust_.assign(model_.size, 0);
  is_source_.assign(model_.size, false);
  for (const Policy& policy : policies_) {
    if (policy.claim() != Policy::Claim::distrusted) continue;
    for (const NodeId node : marks_.of(policy.subject())) {
      distrust_[node] = 1;
      is_source_[node] = true;
    }
  }
  edges().spread(distrust_, [&](NodeId node) { return ends_distrust(node); });
}

bool Checker::works_on_distrusted(NodeId node) const {
  const bool works = facts_.is_work(node) || facts_.graph().kind(node) == Kind::dynamic;
  return works && distrust_[node] != 0;
}

std::vector<Link> Checker::path_to_distrusted(NodeId node) const {
  return edges_->path_back(
      node, [&](NodeId one) { return distrust_[one] != 0; },
      [&](NodeId one) { return is_source_[one]; });
}

void Checker::check_trust() {
  const auto is_about_trust = [](const Policy& policy) {
    return policy.claim() == Policy::Claim::distrusted ||
           policy.claim() == Policy::Claim::never_reaches;
  };
  if (std::none_of(policies_.begin(), policies_.end(), is_about_trust)) return;
  spread_distrust();
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    if (!report_.answers[i].problem.what.empty()) continue;
    if (policies_[i].claim() == Policy::Claim::distrusted) check_distrusted(i);
    if (policies_[i].claim() == Policy::Claim::never_reaches) check_secret(i);
  }
}

void Checker::check_distrusted(std::size_t number) {
  const std::vector<NodeId> inputs = marks_.of(policies_[number].subject());
  report_.answers[number].subjects = inputs.size();
  std::vector<std::uint64_t> own(model_.size, 0);
  for (const NodeId node : inputs)
    own[node] = 1;
  edges().spread(own, [&](NodeId node) { return ends_distrust(node); });
  for (NodeId node = 0; node < model_.size; ++node) {
    if (own[node] == 0 || !works_on_distrusted(node)) continue;
    const bool is_hole = facts_.graph().kind(node) == Kind::dynamic && !runs_nothing(facts_, node);
    std::string text;
    for (const SecretId one : facts_.secrets(node)) {
      const SecretName& name = facts_.all_secrets()[one];
      text += fmt::format("{}reads the secret {}/{}", text.empty() ? "" : " and ", name.vault,
                          name.name);
    }
    if (facts_.publishes(node)) text += text.empty() ? "publishes" : " and publishes";
    if (is_hole) text = "is a hole: what it will build may read a secret or publish";
    if (text.empty()) continue;
    add(number, {.subject = node,
                 .verdict = is_hole ? Verdict::undecided : Verdict::violated,
                 .path = path_to_distrusted(node),
                 .text = std::move(text)});
  }
}

void Checker::check_secret(std::size_t number) {
  const Policy& policy = policies_[number];
  Answer& answer = report_.answers[number];
  const auto all = facts_.all_secrets();
  std::vector<std::uint64_t> sees(model_.size, 0);
  std::vector<bool> reads(model_.size);
  bool is_named = false;
  for (SecretId one = 0; one < all.size(); ++one)
    is_named = is_named || is_called(all[one], policy.secret());
  if (!is_named) {
    answer.problem = {
        .what = fmt::format("the policy names the secret \"{}\", and the pipeline reads none of "
                            "that name",
                            policy.secret()),
        .hint = "`secrets` shows every secret and who sees it",
        .where = place_of(policy.where())};
    answer.verdict = Verdict::violated;
    return;
  }
  for (const NodeId node : facts_.readers_of_secrets()) {
    for (const SecretId one : facts_.secrets(node)) {
      if (!is_called(all[one], policy.secret())) continue;
      reads[node] = true;
      sees[node] = 1;
    }
  }
  edges().spread(sees, [](NodeId) { return false; });
  std::vector<NodeId> subjects = marks_.of(policy.subject());
  const bool is_trust = chooses_untrusted(policy.subject());
  if (is_trust)
    for (NodeId node = 0; node < model_.size; ++node)
      if (works_on_distrusted(node)) subjects.push_back(node);
  answer.subjects = subjects.size();
  std::vector<NodeId> seeing;
  for (const NodeId subject : subjects) {
    const bool is_hole =
        facts_.graph().kind(subject) == Kind::dynamic && !runs_nothing(facts_, subject);
    Finding finding{.subject = subject};
    if (sees[subject] != 0) {
      seeing.push_back(subject);
      finding.verdict = Verdict::violated;
      finding.text = reads[subject] ? "reads the secret" : "is given what was made with the secret";
      finding.path = edges().path_back(
          subject, [&](NodeId node) { return sees[node] != 0; },
          [&](NodeId node) { return bool{reads[node]}; });
      if (is_trust && works_on_distrusted(subject)) finding.other = path_to_distrusted(subject);
    } else if (is_hole) {
      finding.verdict = Verdict::undecided;
      finding.text = "is a hole: what it will build may read any secret";
    }
    add(number, std::move(finding));
  }
  if (seeing.empty()) return;
  std::vector<SecretId> named;
  for (SecretId one = 0; one < all.size(); ++one)
    if (is_called(all[one], policy.secret())) named.push_back(one);
  answer.cut = cheapest_cut(facts_, named, seeing);
}

}  // namespace oche::detail
