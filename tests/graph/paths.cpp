// paths.cpp - tests of paths: readable, unique, and no matter of position.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "graph/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

using namespace oche;
using oche::tests::Chance;
using oche::tests::program;
using oche::tests::visible_paths;
using oche::tests::work;
using Names = std::vector<std::string>;

namespace {

std::set<std::string> path_set(const AnyTerm& term) {
  const Names paths = visible_paths(Graph(term));
  const std::set<std::string> set(paths.begin(), paths.end());
  REQUIRE(set.size() == paths.size());
  return set;
}

}  // namespace

TEST_CASE("paths: sections, items, labels, names", "[graph]") {
  const Var<std::vector<int>> platforms{"platforms", {}};
  const auto source = work("fetch", {});
  const auto tests = section("linux", [&] {
    return list_map(platforms.term(), [&](Term<int> platform) {
      return section("gcc-12", [&] { return work("test", {source, platform}); });
    });
  });
  const auto lint = program("exec", {"/usr/bin/flake8", "."}, {source});
  const auto style = program("exec", {"black", "--check"}, {source}, "style");
  const Graph graph(all({{"tests", tests}, {"", lint}, {"ignored", style}}));
  CHECK(visible_paths(graph) == Names{"platforms", "fetch", "linux/tests/*/gcc-12/test",
                                      "linux/tests", "exec-flake8", "style"});
  CHECK(graph.title(graph.find("exec-flake8").value()) == "exec flake8");
}

TEST_CASE("paths: the label in an `all` names what has no label itself", "[graph]") {
  const auto source = work("fetch", {});
  const auto lint = program("exec", {"flake8", "."}, {source});
  const auto tests = program("test", {"pytest"}, {source}, "unit tests");
  const auto covered = map([](int x) { return x; }, tests);
  CHECK(path_set(all({{"lint", lint}, {"tests", tests}, {"coverage", covered}})) ==
        std::set<std::string>{"fetch", "lint", "unit tests", "coverage"});
}

TEST_CASE("paths: equal names are told apart by the labels that lead to them", "[graph]") {
  const auto pipeline = [](int n) {
    const auto built = work("build", {constant(n)});
    return work("test", {built});
  };
  CHECK(path_set(all({{"gcc", pipeline(1)}, {"clang", pipeline(2)}})) ==
        std::set<std::string>{"gcc", "clang", "gcc/build", "clang/build"});
}

TEST_CASE("paths: else by what they mean, never by position", "[graph]") {
  const auto a = work("test", {constant(1)});
  const auto b = work("test", {constant(2)});
  const auto paths = path_set(all(a, b));
  CHECK(paths == path_set(all(b, a)));
  for (const std::string& path : paths)
    CHECK(path.substr(0, 5) == "test~");
  // A third one does not move them.
  const auto more = path_set(all(work("test", {constant(3)}), b, a));
  CHECK(std::includes(more.begin(), more.end(), paths.begin(), paths.end()));
}

TEST_CASE("paths: two that nothing tells apart are numbered by their lines", "[graph]") {
  const Var<int> x{"x", 0};
  const auto f = [](int a) { return a; };
  const auto a = work("show", {map(f, x.term())});
  const auto b = work("show", {map(f, x.term())});
  const Graph forth(all(a, b));
  const Graph back(all(b, a));
  for (const Graph& graph : {forth, back}) {
    NodeId first = no_node;
    for (NodeId node = 0; node < graph.size(); ++node)
      if (graph.term(node).where.line() == a.node()->where.line()) first = node;
    CHECK(graph.path(first).substr(graph.path(first).size() - 2) == ".1");
  }
  CHECK(path_set(all(a, b)) == path_set(all(b, a)));
}

TEST_CASE("paths: two lists over one thing, and lists without a name", "[graph]") {
  const Var<std::vector<int>> list{"list", {}};
  const auto test = [](Term<int> x) { return work("test", {x}); };
  const auto lint = [](Term<int> x) { return work("lint", {x}); };
  const auto both = path_set(all(list_iter(list.term(), test), list_iter(list.term(), lint)));
  CHECK(both.size() == 3);
  CHECK(both == path_set(all(list_iter(list.term(), lint), list_iter(list.term(), test))));
  CHECK(path_set(list_iter(constant(std::vector<int>{1}), test)) ==
        std::set<std::string>{"*/test"});
}

TEST_CASE("paths: any label makes a path", "[graph]") {
  const auto path_of = [](const std::string& label) {
    const Graph graph(constant(1, label));
    const std::string path(graph.path(0));
    CHECK(graph.find(path) == NodeId{0});
    return path;
  };
  CHECK(path_of("run all\n\ttests") == "run all tests");
  CHECK(path_of("a\"b\\c") == "a'b/c");
  CHECK(path_of("\x01\x02") == "unnamed");
  CHECK(path_of("*") == "+");
  CHECK(path_of("*.whl") == "*.whl");
  CHECK(path_of("bücher/größe") == "bücher/größe");
  CHECK(path_of("\xff\xc0\x80x") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx");
  CHECK(path_of(std::string("nul\0byte", 8)) == "nul byte");
  const std::string longer = path_of(std::string(10'000, 'x'));
  CHECK(longer.size() == 80);
  CHECK(longer != path_of(std::string(10'001, 'x')));
}

TEST_CASE("paths: what does not exist is not found", "[graph]") {
  const Graph graph(work("test", {}));
  CHECK(graph.find("test") == graph.root());
  CHECK_FALSE(graph.find("tests").has_value());
  CHECK_FALSE(graph.find("").has_value());
}

TEST_CASE("paths: asked for by several threads at once", "[graph]") {
  std::vector<Term<int>> terms;
  for (int i = 0; i < 2000; ++i)
    terms.push_back(work("test", {constant(i)}));
  const Graph graph(all(terms));
  std::vector<std::size_t> found(4);
  std::vector<std::thread> threads;
  for (std::size_t& one : found)
    threads.emplace_back([&graph, &one] {
      for (NodeId node = 0; node < graph.size(); ++node)
        one += graph.find(graph.path(node)) == node ? 1u : 0u;
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(found == std::vector<std::size_t>(4, graph.size()));
}

TEST_CASE("paths: shuffling a random pipeline moves none", "[graph]") {
  static constexpr std::string_view names[] = {"build", "test", "lint"};
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    // Leaves and readers are written in a random order each time; which reads which is fixed.
    const auto build = [&](std::uint32_t order) {
      Chance chance(order);
      std::vector<std::size_t> places(12);
      for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = i;
      for (std::size_t i = places.size(); i > 1; --i)
        std::swap(places[i - 1], places[chance.below(i)]);
      std::map<std::size_t, Term<int>> leaves;
      for (const std::size_t place : places)
        leaves.emplace(place, section(place % 3 == 0 ? "one" : "two", [&] {
                         return work(names[place % 2], {constant(static_cast<int>(place % 5))});
                       }));
      std::vector<Term<int>> roots;
      for (const std::size_t place : places)
        roots.push_back(work(names[place % 3], {leaves.at(place), leaves.at((place * 7) % 12)}));
      return path_set(all(roots));
    };
    INFO("seed " << seed);
    REQUIRE(build(seed) == build(seed + 1000));
  }
}
