// check_data.cpp - policies about what data came through, and about what must not be there.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/checker.hpp"

#include <algorithm>

namespace oche::detail {

void Checker::check_passing(std::span<const std::size_t> policies) {
  const DataEdges& data = edges();
  std::vector<std::uint64_t> came(model_.size, 0);
  for (std::size_t i = 0; i < policies.size(); ++i)
    for (const NodeId node : marks_.of(policies_[policies[i]].other()))
      came[node] |= std::uint64_t{1} << i;
  data.through(came);
  for (std::size_t i = 0; i < policies.size(); ++i) {
    const std::size_t number = policies[i];
    const std::uint64_t bit = std::uint64_t{1} << i;
    const std::vector<NodeId> others = marks_.of(policies_[number].other());
    const std::vector<NodeId> subjects = subjects_of(policies_[number]);
    report_.answers[number].subjects = subjects.size();
    for (const NodeId subject : subjects) {
      const std::vector<NodeId> given = data.shipped(facts_, subject);
      const auto bad = std::find_if(given.begin(), given.end(),
                                    [&](NodeId node) { return (came[node] & bit) == 0; });
      const bool holds = bad == given.end();
      Finding finding{.subject = subject, .verdict = holds ? Verdict::holds : Verdict::violated};
      if (report_.answers[number].findings.size() < most_findings || !holds) {
        if (facts_.graph().kind(subject) == Kind::dynamic) {
          finding.verdict = Verdict::violated;
          finding.text = "what this hole will build is not known, and its contract allows it";
        } else if (!holds) {
          // Back to where the data is made, past nothing that it should have come through.
          finding.path = data.path_back(
              *bad, [&](NodeId node) { return (came[node] & bit) == 0 && !data.is_known(node); },
              [&](NodeId node) {
                bool is_end = true;
                data.each_input(node, [&](NodeId input) {
                  is_end = is_end && ((came[input] & bit) != 0 || data.is_known(input));
                });
                return is_end;
              });
        } else if (!given.empty()) {
          finding.path = data.path_back(
              given.front(), [&](NodeId node) { return !data.is_known(node); },
              [&](NodeId node) { return std::binary_search(others.begin(), others.end(), node); });
        }
        finding.path.insert(finding.path.begin(), {subject, {}});
      }
      add(number, std::move(finding));
    }
  }
}

void Checker::check_none(std::size_t number) {
  const std::vector<NodeId> found = marks_.of(policies_[number].subject());
  report_.answers[number].subjects = 1;  // the pipeline itself
  for (const NodeId node : found)
    add(number, {.subject = node, .verdict = Verdict::violated, .text = "is in the pipeline"});
}

}  // namespace oche::detail
