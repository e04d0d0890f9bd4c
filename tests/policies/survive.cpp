// survive.cpp - in the engine's own rounds proofs survive failures, and refutations happen.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/random_graph.hpp"
#include "engine/rounds/rounds.hpp"
#include <oche/analysis/check.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <set>

using namespace oche;
using oche::tests::Conduct;
using oche::tests::RandomGraph;

namespace {

enum class Fate : std::uint8_t { ok, fails, waits };

/// Steps, inputs and approvals that do at once what was decided for them; the same in every item.
class Fates final : public detail::JobsSide {
 public:
  std::map<NodeId, Fate> decided;
  std::set<NodeId> asked;      ///< whose success is watched
  bool has_succeeded = false;  ///< one of those
  std::set<NodeId> begun;      ///< steps that were asked for

  detail::JobAnswer ask(const detail::Asker& who, std::span<const detail::Value>) override {
    if (who.may_start) begun.insert(who.node);
    return answer(who.node);
  }
  void leave(const detail::Asker&, bool) override {}
  detail::JobAnswer ask_input(const detail::Asker& who) override { return answer(who.node); }
  void leave_input(const detail::Asker&) override {}
  bool is_approved(const detail::Asker& who, const detail::Value&) override {
    return fate(who.node) == Fate::ok;
  }
  std::optional<Folded> folded(const detail::Asker&) override { return std::nullopt; }
  void fold(const detail::Asker&, const detail::Value&, const detail::Value&) override {}

 private:
  Fate fate(NodeId node) {
    const auto found = decided.find(node);
    const Fate one = found == decided.end() ? Fate::ok : found->second;
    if (one == Fate::ok && asked.contains(node)) has_succeeded = true;
    return one;
  }
  detail::JobAnswer answer(NodeId node) {
    detail::JobAnswer made;
    switch (fate(node)) {
      case Fate::ok:
        made.kind = detail::JobAnswer::Kind::ok;
        made.value = detail::Value::make(1);
        break;
      case Fate::fails:
        made.kind = detail::JobAnswer::Kind::failed;
        made.failure = std::make_shared<const Failure>(Failure{"no"});
        break;
      case Fate::waits:
        break;
    }
    return made;
  }
};

void evaluate(const Graph& graph, Fates& fates) {
  fates.begun.clear();
  fates.has_succeeded = false;
  detail::Rounds rounds(graph, fates);
  rounds.want(true);
  for (int round = 0; round < 100 && (round == 0 || !rounds.is_quiet()); ++round)
    rounds.advance();
  REQUIRE(rounds.is_quiet());
}

/// The nodes that the policies of this test ask for, and those that they are about.
struct Sides {
  explicit Sides(const Graph& graph) {
    for (NodeId node = 0; node < graph.size(); ++node) {
      if (graph.kind(node) == Kind::approve) approvals.insert(node);
      if (graph.kind(node) != Kind::step) continue;
      const auto* step = static_cast<const detail::StepPayload*>(graph.term(node).payload);
      if (step->name == "test") tests.insert(node);
    }
  }
  std::set<NodeId> tests;
  std::set<NodeId> approvals;
};

void decide(RandomGraph& random, const Graph& graph, Fates& fates, const Finding& finding) {
  random.conduct() = {};
  fates.decided.clear();
  for (const NodeId node : fates.asked)
    fates.decided[node] = graph.kind(node) == Kind::approve ? Fate::waits : Fate::fails;
  using What = Deviation::What;
  for (const Deviation& one : finding.after) {
    const std::optional<int> number = random.number_of(graph.term(one.node));
    const bool is_hole = graph.kind(one.node) == Kind::dynamic;
    if (one.what == What::is_false || one.what == What::is_empty)
      random.conduct().no.insert(number.value());
    else if (is_hole)
      random.conduct().holes[number.value()] = one.what == What::fails ? Conduct::Hole::throws
                                               : one.what == What::waits
                                                   ? Conduct::Hole::waits
                                                   : Conduct::Hole::is_skipped;
    else if (number)
      random.conduct().throwing.insert(*number);
    else
      fates.decided[one.node] = one.what == What::fails ? Fate::fails : Fate::waits;
  }
}

void decide_by_chance(RandomGraph& random, const Graph& graph, Fates& fates, std::mt19937& chance) {
  random.conduct() = {};
  fates.decided.clear();
  const auto one_in = [&](unsigned n) { return chance() % n == 0; };
  for (NodeId node = 0; node < graph.size(); ++node) {
    const bool is_asked = fates.asked.contains(node);
    if (one_in(is_asked ? 2 : 6))
      fates.decided[node] =
          graph.kind(node) == Kind::approve || one_in(4) ? Fate::waits : Fate::fails;
    const std::optional<int> number = random.number_of(graph.term(node));
    if (!number) continue;
    if (one_in(6)) random.conduct().throwing.insert(*number);
    if (one_in(3)) random.conduct().no.insert(*number);
    if (graph.kind(node) == Kind::dynamic && one_in(3))
      random.conduct().holes[*number] = static_cast<Conduct::Hole>(chance() % 4);
  }
}

}  // namespace

TEST_CASE("policies: what is refuted happens in the engine, what is proved never does",
          "[policies][engine]") {
  int replayed = 0;
  int survived = 0;
  int ran = 0;
  for (std::uint32_t seed = 0; survived < 10'000 || replayed < 500; ++seed) {
    REQUIRE(seed < 5000);
    INFO("seed " << seed);
    RandomGraph random(100'000 + seed, 6 + static_cast<int>(seed % 14));
    const Graph graph(random.root());
    const Sides sides(graph);
    const bool is_release = seed % 3 == 0;
    Fates fates;
    fates.asked = is_release ? sides.approvals : sides.tests;
    if (fates.asked.empty()) continue;
    const CheckReport report =
        check(graph, {every(step_named("deploy"))
                          .needs_success_of(is_release ? approvals() : step_named("test"))});
    for (const Finding& finding : report.answers.at(0).findings) {
      INFO(graph.path(finding.subject));
      if (finding.verdict == Verdict::violated) {
        decide(random, graph, fates, finding);
        evaluate(graph, fates);
        INFO(to_text(report, graph));
        CHECK(fates.begun.contains(finding.subject));
        CHECK_FALSE(fates.has_succeeded);
        ++replayed;
        continue;
      }
      std::mt19937 chance(seed);
      for (int pattern = 0; pattern < 20; ++pattern) {
        decide_by_chance(random, graph, fates, chance);
        evaluate(graph, fates);
        const bool has_run = fates.begun.contains(finding.subject);
        if (has_run && !fates.has_succeeded) FAIL_CHECK("it ran though nothing had succeeded");
        ran += has_run ? 1 : 0;
        ++survived;
      }
    }
  }
  CHECK(ran > 500);  // where it may, it does run: the patterns are no walls
}
