// budget.cpp - tests of policies about what one run costs, also against every outcome.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/budget.hpp>

#include "analysis/oracle.hpp"
#include "analysis/random_graph.hpp"
#include "graph/support.hpp"
#include <oche/analysis/check.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oche;
using Catch::Contains;
using oche::tests::Oracle;
using oche::tests::RandomGraph;
using oche::tests::work;

namespace {

CheckReport costs(const Graph& graph, const Policy& policy, Verdict expected,
                  const Assumptions& known = {}) {
  CheckReport report = check(graph, {policy}, known);
  INFO(to_text(report, graph));
  CHECK(to_string(report.answers.at(0).verdict) == to_string(expected));
  return report;
}

/// `slow`, four CPUs for ten minutes, and `quick`, one for six.
Graph two_steps(Duration timeout = {}) {
  const auto slow =
      work("slow", {constant(1)},
           {.timeout = timeout, .retry = {.attempts = 3}, .pool = "lab", .needs = {.cpus = 4}});
  return Graph(work("quick", {slow}, {.timeout = timeout}));
}
const Assumptions two_known = {.durations = {{"slow", 10min}, {"quick", 6min}}};

}  // namespace

TEST_CASE("budget: in words", "[analysis][budget]") {
  const Rates rates{.of_pool = {{"lab", 3}}, .other = 0.5};
  CHECK(rates.of("lab") == 3);
  CHECK(rates.of("") == 0.5);
  CHECK(Budget{.cpu_time = 2h}.text() == "2 h 0 min of CPU time");
  CHECK(Budget{.price = 20}.text() == "20.00");
  CHECK(whole_run().cost_at_most(90s).text() == "the whole run: at most 1 min 30 s of CPU time");
  CHECK(whole_run().cost_at_most(0.5, rates).text() == "the whole run: at most 0.50");
}

TEST_CASE("budget: known durations decide to the second", "[analysis][budget]") {
  const Graph graph = two_steps();
  const CheckReport good = costs(graph, whole_run().cost_at_most(46min), Verdict::holds, two_known);
  CHECK(good.answers[0].subjects == 2);
  CHECK_THAT(to_text(good, graph),
             Catch::StartsWith("✔ the whole run: at most 46 min 0 s of CPU time\n    slow (") &&
                 Contains("): 40 min 0 s of 46 min 0 s, if all that can run does\n") &&
                 Contains("      6 min 0 s for quick ("));
  const CheckReport bad =
      costs(graph, whole_run().cost_at_most(46min - 1s), Verdict::violated, two_known);
  CHECK_FALSE(bad.holds());
  CHECK_THAT(to_text(bad, graph), Contains("40 min 0 s of 46 min 0 s, if all goes well\n"));
  const Rates rates{.of_pool = {{"lab", 3}}, .other = 1};
  costs(graph, whole_run().cost_at_most(2.1, rates), Verdict::holds, two_known);  // 40 · 3 + 6 · 1
  costs(graph, whole_run().cost_at_most(2.09, rates), Verdict::violated, two_known);
}

TEST_CASE("budget: what never ran is as long as its timeouts, or not known", "[analysis][budget]") {
  const Graph graph = two_steps();
  const CheckReport first = costs(graph, whole_run().cost_at_most(2h), Verdict::not_known);
  CHECK(first.holds());  // or it could never run a first time
  CHECK_THAT(to_text(first, graph),
             Catch::StartsWith("? the whole run: at most 2 h 0 min of CPU time: not known\n") &&
                 Contains("slow (") && Contains("has never run and has no timeout") &&
                 Catch::EndsWith("0 policies hold, 0 do not, of 1 it is not known\n"));
  const auto json = nlohmann::json::parse(to_json(first, graph));
  CHECK(json.at("holds") == true);
  CHECK(json.at("policies").at(0).at("verdict") == "not known");
  CHECK(json.at("policies").at(0).at("findings").at(0).at("by").size() == 2);
  // One known step is enough to break it, and never enough to prove it.
  const Assumptions one = {.durations = {{"slow", 10min}}};
  costs(graph, whole_run().cost_at_most(39min), Verdict::violated, one);
  costs(graph, whole_run().cost_at_most(9h), Verdict::not_known, one);
  // Three attempts of four CPUs, and one of one.
  const Graph timed = two_steps(1h);
  costs(timed, whole_run().cost_at_most(13h), Verdict::holds);
  costs(timed, whole_run().cost_at_most(13h - 1s), Verdict::undecided);
  costs(graph, whole_run().cost_at_most(5min), Verdict::holds, {.unknown = 1min});
  costs(graph, whole_run().cost_at_most(4min), Verdict::violated, {.unknown = 1min});
}

TEST_CASE("budget: a fallback is paid for together with what it stands in for",
          "[analysis][budget]") {
  const auto quick = work("quick", {constant(1)});
  const auto slow = work("slow", {constant(1)});
  const Graph graph(or_else(map([](int n) { return n; }, quick), slow));
  const Assumptions known = {.durations = {{"quick", 1min}, {"slow", 1h}}};
  costs(graph, whole_run().cost_at_most(61min), Verdict::holds, known);
  const CheckReport bad = costs(graph, whole_run().cost_at_most(60min), Verdict::violated, known);
  REQUIRE(bad.answers[0].findings.at(0).after.size() == 1);
  CHECK(graph.path(bad.answers[0].findings[0].after[0].node) == "quick");
  CHECK_THAT(to_text(bad, graph), Contains("1 h 0 min of 1 h 1 min, after failures: quick\n"));
}

TEST_CASE("budget: lists cost as many times as they can have items", "[analysis][budget]") {
  const auto each = [](Term<int> n) { return work("each", {n}); };
  const Graph three(list_iter(constant(std::vector<int>{1, 2, 3}), each));
  const Graph any(list_iter(Var<std::vector<int>>("items", {}).term(), each));
  const Graph maybe(option_map(Var<std::optional<int>>("item", {}).term(), each));
  const auto path = [](const Graph& graph) {
    for (NodeId node = 0; node < graph.size(); ++node)
      if (graph.kind(node) == Kind::step) return std::string(graph.path(node));
    return std::string();
  };
  const auto known = [&](const Graph& graph) {
    return Assumptions{.durations = {{path(graph), 1min}}};
  };
  costs(three, whole_run().cost_at_most(3min), Verdict::holds, known(three));
  costs(three, whole_run().cost_at_most(179s), Verdict::violated, known(three));
  costs(maybe, whole_run().cost_at_most(1min), Verdict::holds, known(maybe));
  const CheckReport open = costs(any, whole_run().cost_at_most(9h), Verdict::not_known, known(any));
  CHECK_THAT(to_text(open, any), Contains("is done for any number of items"));
  costs(any, whole_run().cost_at_most(59s), Verdict::violated, known(any));
  Assumptions told = known(any);
  told.items = {{path(any).substr(0, path(any).find("/*")), {"a", "b"}}};
  costs(any, whole_run().cost_at_most(2min), Verdict::holds, told);
}

TEST_CASE("budget: what a hole builds is not known, unless it builds nothing",
          "[analysis][budget]") {
  const auto f = [](int n) -> Term<int> { return constant(n); };
  const Graph open(Term<int>(dynamic("hole", f, constant(1))));
  const Graph none(Term<int>(dynamic("hole", f, constant(1)).at_most(0)));
  const CheckReport report = costs(open, whole_run().cost_at_most(1h), Verdict::not_known);
  CHECK_THAT(to_text(report, open), Contains("is a hole: what it will build is not known"));
  costs(none, whole_run().cost_at_most(1s), Verdict::nothing);
}

namespace {

struct Decided {
  int compared = 0;
  int wrong = 0;
  int proved = 0;
  int refuted = 0;
};

/// The dearest of all outcomes: never refuted at that, and never proved at less.
void compare(std::uint32_t seed, Decided& counts) {
  const RandomGraph random(seed, 4 + static_cast<int>(seed % 9));
  const Graph graph(random.root());
  const Facts facts(graph);
  Assumptions known;
  std::map<NodeId, int> seconds;
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (!facts.is_work(node)) continue;
    seconds[node] = 1 + static_cast<int>((node * 7 + seed) % 9);
    known.durations[std::string(graph.path(node))] = seconds[node] * 1s;
  }
  for (TemplateId one = 1; one < graph.templates().size(); ++one) {
    const SizeBounds bounds = facts.bounds(one);
    if (bounds.least == bounds.most) continue;
    const std::string& group = graph.groups()[graph.templates()[one].group].path;
    known.items[group.substr(0, group.size() - 2)] = {"a", "b"};
    if (bounds.most == 1u) known.items[group.substr(0, group.size() - 2)] = {"a"};
  }
  int most = 0;
  Oracle oracle(graph, {}, {.most_runs = 20'000});
  oracle.each_run = [&](const std::map<NodeId, int>& times) {
    int sum = 0;
    for (const auto& [node, count] : times)
      if (const auto found = seconds.find(node); found != seconds.end())
        sum += count * found->second;
    most = std::max(most, sum);
  };
  if (!oracle.explore()) return;
  ++counts.compared;
  const CheckReport report =
      check(facts, {whole_run().cost_at_most(most * 1s), whole_run().cost_at_most(most * 1s - 1ns)},
            known);
  const Verdict at = report.answers[0].verdict;
  const Verdict below = report.answers[1].verdict;
  if (at == Verdict::violated || below == Verdict::holds) ++counts.wrong;
  if (at == Verdict::holds || at == Verdict::nothing) ++counts.proved;
  if (below == Verdict::violated || most == 0) ++counts.refuted;
}

}  // namespace

TEST_CASE("budget: never wrong about the dearest of all outcomes", "[analysis][budget][exact]") {
  Decided counts;
  for (std::uint32_t seed = 0; counts.compared < 1500; ++seed) {
    REQUIRE(seed < 5000);
    const int wrong = counts.wrong;
    compare(seed, counts);
    INFO("seed " << seed);
    CHECK(counts.wrong == wrong);
  }
  CHECK(counts.wrong == 0);
  // Holes are not known, and not every dear run is found; most are.
  INFO(counts.proved << " proved, " << counts.refuted << " refuted");
  CHECK(counts.proved > counts.compared / 2);
  CHECK(counts.refuted > counts.compared / 2);
}
