// exact.cpp - proofs and refutations against everything that can happen in small pipelines.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/oracle.hpp"
#include "analysis/random_graph.hpp"
#include <oche/analysis/check.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oche;
using oche::tests::Oracle;
using oche::tests::RandomGraph;

namespace {

std::set<NodeId> nodes_called(const Graph& graph, std::string_view name) {
  std::set<NodeId> found;
  for (NodeId node = 0; node < graph.size(); ++node) {
    const bool is_step =
        graph.kind(node) == Kind::step &&
        static_cast<const detail::StepPayload*>(graph.term(node).payload)->name == name;
    const bool is_approval = graph.kind(node) == Kind::approve && graph.label(node) == name;
    if (is_step || is_approval) found.insert(node);
  }
  return found;
}

struct Counts {
  int compared = 0;
  int proved = 0;
  int refuted = 0;
  int wrong = 0;
  int smaller = 0;
  int unreplayed = 0;
  int told_apart = 0;
};

Oracle::Can can_of(Deviation::What what) {
  return what == Deviation::What::fails   ? Oracle::Can::failed
         : what == Deviation::What::waits ? Oracle::Can::active
                                          : Oracle::Can::skipped;
}

bool replays(Oracle& oracle, const Finding& finding) {
  Oracle::Script own;
  std::set<NodeId> no;
  for (const Deviation& one : finding.after) {
    if (one.is_asked_for) continue;
    if (one.what == Deviation::What::is_false || one.what == Deviation::What::is_empty)
      no.insert(one.node);
    else
      own[one.node] = can_of(one.what);
  }
  return oracle.replay(own, no).contains(finding.subject);
}

void compare(const Graph& graph, std::string_view asked, bool skips, bool empties, Counts& counts) {
  const std::set<NodeId> others = nodes_called(graph, asked);
  if (others.empty()) return;
  Oracle oracle(graph, others, {.no_skips = skips, .no_empties = empties});
  if (!oracle.explore()) return;
  Policy policy = every(step_named("deploy"))
                      .needs_success_of(asked == "release" ? approvals("release")
                                                           : step_named(std::string(asked)));
  if (skips) policy = policy.unless_skipped();
  if (empties) policy = policy.even_if_none();
  const CheckReport report = check(graph, {policy});
  const Answer& answer = report.answers.at(0);
  const std::set<NodeId> subjects = nodes_called(graph, "deploy");
  REQUIRE(answer.findings.size() == subjects.size());
  ++counts.compared;
  bool is_violated = false;
  for (const Finding& finding : answer.findings) {
    const auto run = oracle.runs.find(finding.subject);
    const bool can_run = run != oracle.runs.end();
    is_violated = is_violated || can_run;
    ++(can_run ? counts.refuted : counts.proved);
    if (!can_run && !finding.text.empty()) ++counts.told_apart;
    if ((finding.verdict == Verdict::violated) != can_run ||
        (finding.verdict == Verdict::holds) == can_run) {
      ++counts.wrong;
      continue;
    }
    if (!can_run) continue;
    const auto others_fail = std::count_if(finding.after.begin(), finding.after.end(),
                                           [](const Deviation& one) { return !one.is_asked_for; });
    if (others_fail != run->second) ++counts.smaller;
    if (!replays(oracle, finding)) ++counts.unreplayed;
  }
  if (report.holds() == is_violated) ++counts.wrong;
}

}  // namespace

TEST_CASE("policies: what can run although nothing asked for succeeds, against every outcome",
          "[analysis][policy][exact]") {
  Counts counts;
  for (std::uint32_t seed = 0; counts.compared < 6000; ++seed) {
    REQUIRE(seed < 20'000);
    const RandomGraph random(seed, 4 + static_cast<int>(seed % 9));
    const Graph graph(random.root());
    INFO("seed " << seed);
    const int wrong = counts.wrong + counts.smaller + counts.unreplayed;
    compare(graph, seed % 4 == 0 ? "release" : "test", seed % 3 == 1, seed % 5 == 1, counts);
    CHECK(counts.wrong + counts.smaller + counts.unreplayed == wrong);
  }
  CHECK(counts.wrong == 0);
  CHECK(counts.smaller == 0);     // no smaller set of failures would do
  CHECK(counts.unreplayed == 0);  // and that set does
  CHECK(counts.proved > 1000);
  CHECK(counts.refuted > 1000);
  CHECK(counts.told_apart > 5);  // where inputs share a choice
}
