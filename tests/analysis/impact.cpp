// impact.cpp - tests of impact: by inputs, steps, files and lines; against a naive model.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/impact.hpp>

#include "analysis/random_pipeline.hpp"
#include <oche/base/tree.hpp>
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

#include <set>

using namespace oche;
using oche::tests::program;
using oche::tests::RandomPipeline;
using oche::tests::work;

namespace {

constexpr StepOptions reading = {.level = Level::harmless, .is_reading = true};
const auto fetch_tree = step("fetch", [](Job&, int) { return Tree{}; }, reading);
const auto subtree_of =
    step("subtree", [](Job&, const Tree& tree, const std::string&) { return tree; }, reading);
const auto glob_of = step(
    "glob", [](Job&, const Tree&, const std::string&) { return std::vector<std::string>{}; },
    reading);
const auto merge_of =
    step("merge", [](Job&, const std::vector<Tree>& trees) { return trees.front(); }, reading);
const auto make_of = step("make", [](Job&, const Tree&, const std::string& what) { return what; });
const auto count_of =
    step("count", [](Job&, const std::vector<std::string>& x) { return x.size(); });
const auto noted = step("noted", [](Job&, const std::string& x, const Context<int>&) { return x; });

NodeId find(const Facts& facts, std::string_view path) {
  const auto found = facts.graph().find(path);
  INFO(path);
  REQUIRE(found);
  return *found;
}

std::string names(const Facts& facts, const std::vector<Reached>& list) {
  std::string text;
  for (const Reached& one : list)
    text += std::string(text.empty() ? "" : " ") + std::string(facts.graph().path(one.node));
  return text;
}

std::string names(const Facts& facts, const std::vector<NodeId>& list) {
  std::string text;
  for (const NodeId one : list)
    text += std::string(text.empty() ? "" : " ") + std::string(facts.graph().path(one));
  return text;
}

}  // namespace

TEST_CASE("impact: bytes run again, controls hold back", "[analysis][impact]") {
  const Var<int> head{"head", 1};
  const Var<int> other{"other", 1};
  const auto build = work("build", {head.term()});
  const auto tests = work("tests", {build});
  const auto lint = work("lint", {other.term()});
  const Facts facts{Graph(work("publish", {gate(build, on(tests, lint))}))};

  const Impact of_other = impact_of(facts, {find(facts, "other")});
  CHECK(names(facts, of_other.runs) == "lint");
  CHECK(names(facts, of_other.held) == "publish");
  CHECK(of_other.held.at(0).because == find(facts, "lint"));
  CHECK(of_other.runs.at(0).because == find(facts, "other"));

  const Impact of_head = impact_of(facts, {find(facts, "head")});
  CHECK(names(facts, of_head.runs) == "build tests publish");
  CHECK(of_head.held.empty());
  CHECK(of_head.runs.at(2).because == find(facts, "build"));

  const Impact of_tests = impact_of(facts, {find(facts, "tests")});
  CHECK(names(facts, of_tests.runs) == "tests");
  CHECK(names(facts, of_tests.held) == "publish");
  CHECK(to_text(facts, of_tests) ==
        "may run again (1):\n  tests  it is asked for\n"
        "given the same, but held back or let go (1):\n  publish  behind tests\n"
        "left alone: 2 of 4 steps\n");
  CHECK_THAT(to_json(facts, of_tests), Catch::Contains("\"because\": \"tests\""));
}

TEST_CASE("impact: an argument that is no part of the key moves no key", "[analysis][impact]") {
  const Var<int> when{"when", 1};
  const auto first = noted("x", when.term());
  const Facts facts{Graph(noted(first, 5))};
  const Impact impact = impact_of(facts, {find(facts, "when")});
  CHECK(impact.runs.empty());
  CHECK(impact.held.size() == 2);
}

TEST_CASE("impact: what has no bytes passes none on", "[analysis][impact]") {
  const Var<std::vector<std::string>> list{"list", {}};
  const auto each =
      list_iter(list.term(), [](Term<std::string> item) { return count_of(collect({item})); });
  const auto after = map([](Unit) { return 1; }, each);
  const Facts facts{Graph(work("after", {after}))};
  const Impact impact = impact_of(facts, {find(facts, "list")});
  CHECK(names(facts, impact.runs) == "list/*/count");
  CHECK(names(facts, impact.held) == "after");
}

TEST_CASE("impact: files are followed through what cuts trees up", "[analysis][impact]") {
  const Var<int> head{"head", 1};
  const auto source = fetch_tree(head.term());
  const auto app = section("app", [&] { return make_of(subtree_of(source, "src/app"), "app"); });
  const auto deep = section(
      "deep", [&] { return make_of(subtree_of(subtree_of(source, "src"), "lib/"), "lib"); });
  const auto docs = section("docs", [&] { return count_of(glob_of(source, "docs/**/*.md")); });
  const auto both = section("both", [&] {
    return make_of(merge_of(collect({subtree_of(source, "src/app"), subtree_of(source, "man")})),
                   "");
  });
  const auto whole = section("whole", [&] { return make_of(source, "all"); });
  const Facts facts{Graph(all(app, deep, docs, both, whole))};
  const auto work_of = [&](std::vector<std::string> files) {
    std::string text;
    for (const Reached& one : impact_of_files(facts, files).runs)
      if (!facts.is_reading(one.node)) text += std::string(facts.graph().path(one.node)) + " ";
    return text;
  };
  CHECK(work_of({"src/app/main.c"}) == "app/make both/make whole/make ");
  CHECK(work_of({"./src/lib/x.c"}) == "deep/make whole/make ");
  CHECK(work_of({"src/application"}) == "whole/make ");
  CHECK(work_of({"docs/a/b.md"}) == "docs/count whole/make ");
  CHECK(work_of({"docs/a/b.txt", "README"}) == "whole/make ");
  CHECK(work_of({"man/x.1"}) == "both/make whole/make ");
  CHECK(work_of({"src/"}) == "app/make deep/make both/make whole/make ");
  CHECK(work_of({"docs"}) == "docs/count whole/make ");
  const Impact impact = impact_of_files(facts, {"man/x.1"});
  CHECK(names(facts, impact.begins) == "fetch");
  CHECK(names(facts, impact.same).find("docs/glob") != std::string::npos);
  CHECK(impact.notes.empty());
}

TEST_CASE("impact: where nothing is fetched, it says so", "[analysis][impact]") {
  const Facts facts{Graph(work("alone", {}))};
  const Impact impact = impact_of_files(facts, {"a"});
  CHECK(impact.runs.empty());
  REQUIRE(impact.notes.size() == 1);
  CHECK_THAT(impact.notes[0], Catch::Contains("nothing in the pipeline brings in"));
}

TEST_CASE("impact: a line names what it wrote", "[analysis][impact]") {
  const Var<int> head{"head", 1};
  const auto build = work("build", {head.term()});
  const auto line = __LINE__ - 1;
  const Facts facts{Graph(work("publish", {build}))};
  const auto at = [&](const std::string& place) { return written_at(facts, place); };
  CHECK(names(facts, at("impact.cpp:" + std::to_string(line)).value()) == "build");
  CHECK(names(facts, at("analysis/impact.cpp:" + std::to_string(line)).value()) == "build");
  CHECK(at("impact.cpp").value().size() == 3);
  CHECK(at("impact.cpp:" + std::to_string(line - 1) + "-" + std::to_string(line)).value().size() ==
        2);
  const auto beside = at("impact.cpp:" + std::to_string(line + 1000));
  REQUIRE_FALSE(beside);
  CHECK(beside.failure().hint ==
        "the nearest line that wrote one is impact.cpp:" + std::to_string(line + 2));
  const auto elsewhere = at("inpact.cpp:3");
  REQUIRE_FALSE(elsewhere);
  CHECK(elsewhere.failure().hint == "did you mean \"impact.cpp\"?");
}

// By the definition, as fixed points over all edges: bytes, then anything.
TEST_CASE("impact: random pipelines, against a naive model", "[analysis][impact]") {
  std::size_t reached = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const Facts facts{Graph(RandomPipeline(seed).make(40))};
    const Graph& graph = facts.graph();
    const auto start = static_cast<NodeId>((seed * 7919) % (graph.size() / 3));
    std::vector<char> bytes(graph.size());
    std::vector<char> any(graph.size());
    bytes[start] = 1;
    const auto has_bytes = [&](NodeId node) {
      return bytes[node] != 0 &&
             (graph.kind(node) == Kind::expand || graph.term(node).type->shape != Shape::unit);
    };
    for (NodeId node = 0; node < graph.size(); ++node) {
      for (std::uint32_t i = 0; i < graph.inputs(node).size(); ++i)
        if (graph.edge(node, i) == Edge::data && has_bytes(graph.inputs(node)[i])) bytes[node] = 1;
      const TemplateId own = graph.template_of(node);
      if (own != 0 && graph.kind(node) == Kind::item && has_bytes(graph.templates()[own].expand))
        bytes[node] = 1;
      any[node] = bytes[node];
      for (const NodeId input : graph.inputs(node))
        if (any[input] != 0) any[node] = 1;
      if (own != 0 && any[graph.templates()[own].expand] != 0) any[node] = 1;
    }
    const Impact impact = impact_of(facts, {start});
    std::set<NodeId> runs;
    std::set<NodeId> held;
    for (const Reached& one : impact.runs)
      runs.insert(one.node);
    for (const Reached& one : impact.held)
      held.insert(one.node);
    INFO("seed " << seed << ", from " << graph.path(start));
    for (NodeId node = 0; node < graph.size(); ++node) {
      REQUIRE(runs.contains(node) == (facts.is_work(node) && bytes[node] != 0));
      REQUIRE(held.contains(node) == (facts.is_work(node) && bytes[node] == 0 && any[node] != 0));
    }
    reached += runs.size() + held.size();
  }
  CHECK(reached > 800);
}
