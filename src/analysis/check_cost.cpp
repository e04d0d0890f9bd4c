// check_cost.cpp - policies about what one run costs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/budgeting.hpp"
#include "analysis/checker.hpp"

#include <fmt/format.h>

#include <algorithm>

// A run costs no more than all steps that can run at all, each in as many copies as its lists can
// have items: if that is within the budget, it holds. A forecast is a run that can happen: if it
// costs more, the policy is refuted. Between the two are steps that stand in for each other
// (`or_else`): the first attempts of some fail, so that the others run too, as long as that is
// dearer.

namespace oche::detail {

namespace {

constexpr std::size_t most_shown = 5;

/// The dearest of them, as a path whose links say what each costs.
Finding finding_of(const Budgeting& budgeting, const Prices& prices, Verdict verdict) {
  std::vector<std::pair<double, NodeId>> dearest;
  for (const auto& [node, price] : prices.of)
    if (price > 0) dearest.emplace_back(price, node);
  std::sort(dearest.begin(), dearest.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  dearest.resize(std::min(dearest.size(), most_shown));
  Finding finding{.verdict = verdict};
  for (const auto& [price, node] : dearest)
    finding.path.push_back({node, budgeting.text(price) + " for"});
  finding.subject = dearest.empty() ? budgeting.root() : dearest.front().second;
  if (!dearest.empty()) finding.text = budgeting.text(dearest.front().first) + " of ";
  finding.text += budgeting.text(prices.sum);
  return finding;
}

}  // namespace

void Checker::check_cost(std::size_t number) {
  const Budgeting budgeting(facts_, known_, policies_[number].budget());
  const Prices most = budgeting.most();
  report_.answers[number].subjects = most.of.size();
  const double limit = budgeting.limit();
  if (most.unknown.empty() && most.sum <= limit) {
    Finding finding = finding_of(budgeting, most, Verdict::holds);
    finding.text += ", if all that can run does";
    return add(number, std::move(finding));
  }
  std::set<NodeId> failing;
  const Prices run = budgeting.dear_run(failing);
  if (run.sum > limit) {
    Finding finding = finding_of(budgeting, run, Verdict::violated);
    finding.text += failing.empty() ? ", if all goes well" : ", after failures";
    for (const NodeId node : failing) {
      finding.after.push_back({node, Deviation::What::fails, false});
      finding.text +=
          fmt::format("{} {}", finding.after.size() == 1 ? ":" : ",", facts_.graph().path(node));
    }
    return add(number, std::move(finding));
  }
  if (most.unknown.empty()) {
    Finding finding = finding_of(budgeting, most, Verdict::undecided);
    finding.text += fmt::format(", if all that can run does; the dearest run that was found: {}",
                                budgeting.text(run.sum));
    return add(number, std::move(finding));
  }
  Finding finding{.subject = most.unknown.front().first, .verdict = Verdict::not_known};
  finding.text = fmt::format("{}; what is known adds up to {}",
                             to_string(most.unknown.front().second), budgeting.text(most.sum));
  for (const auto& [node, why] : most.unknown) {
    if (finding.path.size() == most_shown) break;
    finding.path.push_back({node, fmt::format("{}:", to_string(why))});
  }
  if (most.unknown.size() > most_shown)
    finding.text += fmt::format("; {} steps are not known", most.unknown.size());
  add(number, std::move(finding));
}

}  // namespace oche::detail
