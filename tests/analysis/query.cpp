// query.cpp - tests of queries: against a naive model, and every mistake with its place.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/query.hpp>

#include "analysis/random_pipeline.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace oche;
using oche::tests::Chance;
using oche::tests::program;
using oche::tests::RandomPipeline;
using oche::tests::work;

namespace {

using Nodes = std::set<NodeId>;

/// What needs what, by the definition, and distances by relaxing every edge until nothing changes.
class Model {
 public:
  explicit Model(const Graph& graph) : graph_(graph), needs_(graph.size()) {
    for (NodeId node = 0; node < graph.size(); ++node) {
      const TemplateId own = graph.template_of(node);
      bool reads_own = false;
      for (const NodeId input : graph.inputs(node)) {
        needs_[node].insert(input);
        reads_own = reads_own || graph.template_of(input) == own;
      }
      if (own != 0 && !reads_own) needs_[node].insert(graph.templates()[own].expand);
    }
  }
  [[nodiscard]] Nodes near(const Nodes& from, bool forward, std::size_t most,
                           const Nodes* within = nullptr) const {
    std::map<NodeId, std::size_t> far;
    for (const NodeId node : from)
      if (within == nullptr || within->contains(node)) far[node] = 0;
    for (bool changed = true; changed;) {
      changed = false;
      for (NodeId reader = 0; reader < needs_.size(); ++reader)
        for (const NodeId input : needs_[reader]) {
          const NodeId a = forward ? input : reader;
          const NodeId b = forward ? reader : input;
          if (!far.contains(a) || (within != nullptr && !within->contains(b))) continue;
          const std::size_t there = far[a] + (graph_.is_visible(b) ? 1 : 0);
          if (there > most || (far.contains(b) && far[b] <= there)) continue;
          far[b] = there;
          changed = true;
        }
    }
    Nodes found;
    for (const auto& [node, distance] : far)
      found.insert(node);
    return found;
  }
  [[nodiscard]] bool has_edge(NodeId reader, NodeId input) const {
    return needs_[reader].contains(input);
  }

 private:
  const Graph& graph_;
  std::vector<Nodes> needs_;
};

constexpr std::size_t no_limit = 1'000'000;

Nodes minus(const Nodes& a, const Nodes& b) {
  Nodes left;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(left, left.end()));
  return left;
}
Nodes both(const Nodes& a, const Nodes& b) {
  Nodes found;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(found, found.end()));
  return found;
}

/// A query with the answer that it must get.
struct Expected {
  std::string text;
  Nodes nodes;
};

Expected random_query(Chance& chance, const Graph& graph, const Model& model, int depth) {
  const auto inner = [&] { return random_query(chance, graph, model, depth + 1); };
  if (depth > 3 || chance.one_in(4)) {
    std::vector<NodeId> visible;
    for (NodeId node = 0; node < graph.size(); ++node)
      if (graph.is_visible(node)) visible.push_back(node);
    const NodeId node = chance.of(visible);
    return {'"' + std::string(graph.path(node)) + '"', {node}};
  }
  Expected a = inner();
  const std::size_t most = chance.below(4);
  switch (chance.below(10)) {
    case 0:
      return {"deps(" + a.text + ")", model.near(a.nodes, false, no_limit)};
    case 1:
      return {"rdeps(" + a.text + ")", model.near(a.nodes, true, no_limit)};
    case 2:
      return {"deps(" + a.text + ", " + std::to_string(most) + ")",
              model.near(a.nodes, false, most)};
    case 3:
      return {"rdeps(" + a.text + "," + std::to_string(most) + ")",
              model.near(a.nodes, true, most)};
    case 4: {
      Expected b = inner();
      const Nodes universe = model.near(b.nodes, false, no_limit);
      return {"rdeps(" + b.text + "," + a.text + ")",
              model.near(a.nodes, true, no_limit, &universe)};
    }
    case 5: {
      Expected b = inner();
      return {"allpaths(" + a.text + ", " + b.text + ")",
              both(model.near(a.nodes, false, no_limit), model.near(b.nodes, true, no_limit))};
    }
    case 6: {
      Expected b = inner();
      a.nodes.insert(b.nodes.begin(), b.nodes.end());
      return {"(" + a.text + (chance.one_in(2) ? " + " : " union ") + b.text + ")", a.nodes};
    }
    case 7: {
      Expected b = inner();
      return {"(" + a.text + " ^ " + b.text + ")", both(a.nodes, b.nodes)};
    }
    case 8: {
      Expected b = inner();
      return {"(" + a.text + " except " + b.text + ")", minus(a.nodes, b.nodes)};
    }
    default: {
      Nodes steps;
      for (const NodeId node : a.nodes)
        if (graph.kind(node) == Kind::command) steps.insert(node);
      return {"kind(command, " + a.text + ")", steps};
    }
  }
}

Term<int> sample() {
  const Var<int> head{"head", 1};
  const auto source = work("fetch", {head.term()});
  const auto lint = program("exec", {"flake8"}, {source}, "lint");
  const auto tests = section("tests", [&] {
    return all({{"unit", program("test", {"pytest"}, {source}, "unit")},
                {"slow-tests", program("test", {"pytest", "-m", "slow"}, {source}, "slow-tests")}});
  });
  const auto wheel = program("build", {"setup.py"}, {source}, "wheel");
  return program("exec", {"upload"}, {gate(wheel, on(tests, lint))}, "publish");
}

std::string paths(const Facts& facts, std::string_view expression) {
  const auto found = query(facts, expression);
  INFO(expression);
  if (!found) FAIL(render(found.failure()));
  std::string text;
  for (const NodeId node : found.value())
    if (facts.graph().is_visible(node))
      text += (text.empty() ? "" : " ") + std::string(facts.graph().path(node));
  return text;
}

}  // namespace

TEST_CASE("query: what a build tool's user asks", "[analysis][query]") {
  const Facts facts{Graph(sample())};
  CHECK(paths(facts, "publish") == "publish");
  CHECK(paths(facts, "deps(lint)") == "head fetch lint");
  CHECK(paths(facts, "deps(publish, 1) - publish") == "wheel tests/unit tests/slow-tests lint");
  CHECK(paths(facts, "rdeps(lint)") == "lint publish");
  CHECK(paths(facts, "rdeps(fetch, 1) ^ kind(command)") ==
        "wheel tests/unit tests/slow-tests lint");
  CHECK(paths(facts, "rdeps(deps(wheel), fetch)") == "fetch wheel");
  CHECK(paths(facts, "somepath(publish, head)") == "head fetch wheel publish");
  CHECK(paths(facts, "somepath(head, publish)").empty());
  CHECK(paths(facts, "allpaths(publish, tests/unit)") == "tests/unit publish");
  CHECK(paths(facts, "tests/*") == "tests/unit tests/slow-tests");
  CHECK(paths(facts, "**/slow-*") == "tests/slow-tests");
  CHECK(paths(facts, "label(\"*t*\", kind(command))") == "tests/unit tests/slow-tests lint");
  CHECK(paths(facts, "operation(test)") == "tests/unit tests/slow-tests");
  CHECK(paths(facts, "where(\"**/query.cpp:*\") ^ kind(step)") == "fetch");
  CHECK(paths(facts, "work() - kind(command)") == "fetch");
  CHECK(paths(facts, "publishes()").empty());
  // From left to right, without precedence.
  CHECK(paths(facts, "lint + wheel - lint") == "wheel");
  CHECK(paths(facts, "lint + (wheel - lint)") == "wheel lint");
}

TEST_CASE("query: the list of a template is needed by everything in it", "[analysis][query]") {
  const Var<std::vector<std::string>> names{"names", {}};
  const auto prepare = [](Term<std::string>) { return program("exec", {"p"}, {}, "prepare"); };
  const Facts facts{Graph(list_map(names.term(), prepare))};
  CHECK(paths(facts, "deps(names/*/prepare)") == "names names/*/prepare");
  CHECK(paths(facts, "rdeps(names)") == "names names/*/prepare");
}

TEST_CASE("query: random queries on random pipelines, against a naive model", "[analysis][query]") {
  std::size_t asked = 0;
  std::size_t not_empty = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const Facts facts{Graph(RandomPipeline(seed).make(25))};
    const Model model(facts.graph());
    Chance chance(seed);
    for (int i = 0; i < 25; ++i) {
      const Expected expected = random_query(chance, facts.graph(), model, 0);
      INFO("seed " << seed << ": " << expected.text);
      const auto found = query(facts, expected.text);
      REQUIRE(found);
      REQUIRE(Nodes(found.value().begin(), found.value().end()) == expected.nodes);
      ++asked;
      if (!expected.nodes.empty()) ++not_empty;
    }
  }
  CHECK(asked == 1500);
  CHECK(not_empty > 900);
}

TEST_CASE("query: somepath is a path, and there is one if it can be reached", "[analysis][query]") {
  for (std::uint32_t seed = 100; seed < 160; ++seed) {
    const Facts facts{Graph(RandomPipeline(seed).make(25))};
    const Graph& graph = facts.graph();
    const Model model(graph);
    Chance chance(seed);
    for (int i = 0; i < 20; ++i) {
      const auto a = static_cast<NodeId>(chance.below(graph.size()));
      const auto b = static_cast<NodeId>(chance.below(graph.size()));
      const auto found = query(facts, "somepath(\"" + std::string(graph.path(a)) + "\", \"" +
                                          std::string(graph.path(b)) + "\")");
      REQUIRE(found);
      const std::vector<NodeId>& path = found.value();
      REQUIRE(path.empty() == !model.near({a}, false, no_limit).contains(b));
      if (path.empty()) continue;
      REQUIRE(path.front() == b);
      REQUIRE(path.back() == a);
      for (std::size_t k = 1; k < path.size(); ++k)
        REQUIRE(model.has_edge(path[k], path[k - 1]));
    }
  }
}

TEST_CASE("query: every mistake names its place and what is nearest", "[analysis][query]") {
  struct Mistake {
    const char* query;
    const char* what;
    const char* at;
    const char* hint;
  };
  const Mistake all[] = {
      {"", "the query is empty", "the end", "deps(release)"},
      {"  ", "the query is empty", "character 1", "deps(release)"},
      {"deps(wheal)", "there is no \"wheal\" in the pipeline", "character 6",
       "did you mean \"wheel\"?"},
      {"lint + dpes(wheel)", "there is no function \"dpes\"", "character 8",
       "did you mean \"deps\"?"},
      {"deps(lint", "the query ends where , or ) was expected", "the end", "parenthesis"},
      {"deps(lint))", "\")\" stands after the end of the query", "character 11", "quoted"},
      {"lint wheel", "\"wheel\" stands after the end of the query", "character 6", "+ (union)"},
      {"lint +", "the query ends where a set was expected", "the end", "parenthesis"},
      {"(lint + ) ^ wheel", "\")\" stands where a set was expected", "character 9", "quoted"},
      {"deps()", "deps is given 0 arguments", "character 1", "deps(x) or deps(x, distance)"},
      {"lint - somepath(lint)", "somepath is given 1 argument", "character 8",
       "somepath(from, to)"},
      {"deps(lint, wheel)", "the distance is no number", "character 12", "deps(x, 2)"},
      {"kind(comand)", "there is no kind \"comand\"", "character 6", "did you mean \"command\"?"},
      {"label(lint + wheel)", "a pattern is a name, not a set", "character 7", "label("},
      {"nothing/*", "nothing in the pipeline fits \"nothing/*\"", "character 1", "`**`"},
      {"\"lint", "the quote \" is never closed", "character 1", ""},
      {"ä + \"lint", "the quote \" is never closed", "character 5", ""},
  };
  const Facts facts{Graph(sample())};
  for (const Mistake& one : all) {
    INFO(one.query);
    const auto found = query(facts, one.query);
    REQUIRE_FALSE(found);
    CHECK(found.failure().what == one.what);
    CHECK(found.failure().facts.at(0).value == one.at);
    CHECK_THAT(found.failure().hint, Catch::Contains(one.hint));
  }
}

TEST_CASE("query: depth and length are bounded by the machine, not the stack",
          "[analysis][query]") {
  const Facts facts{Graph(sample())};
  std::string chain = "lint";
  for (int i = 0; i < 20'000; ++i)
    chain += " + lint";
  CHECK(paths(facts, chain) == "lint");
  const std::string deep = std::string(150, '(') + "lint" + std::string(150, ')');
  CHECK(paths(facts, deep) == "lint");
  const auto deeper = query(facts, std::string(100'000, '(') + "lint");
  REQUIRE_FALSE(deeper);
  CHECK(deeper.failure().what == "parentheses are nested more than 200 deep");
  CHECK(deeper.failure().facts.at(0).value == "character 202");

  Term<int> last = Var<int>("start", 1).term();
  for (int i = 0; i < 200'000; ++i)
    last = map([](int x) { return x; }, last);
  const Facts long_chain{Graph(program("exec", {"x"}, {last}, "end"))};
  CHECK(query(long_chain, "deps(end)").value().size() == 200'002);
  CHECK(query(long_chain, "rdeps(start, 1)").value().size() == 200'002);
  CHECK(query(long_chain, "somepath(end, start)").value().size() == 200'002);
}

TEST_CASE("query: answers for people and programs", "[analysis][query]") {
  const Facts facts{Graph(sample())};
  const auto found = query(facts, "lint + fetch");
  REQUIRE(found);
  CHECK_THAT(to_text(facts, found.value()), Catch::StartsWith("fetch  step fetch    ") &&
                                                Catch::Contains("\nlint   command exec "));
  CHECK_THAT(to_json(facts, found.value()), Catch::Contains("\"path\": \"lint\",\n") &&
                                                Catch::Contains("\"operation\": \"exec\""));
}
