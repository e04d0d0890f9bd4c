// outlook.cpp - what is still to be done from each step on.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/outlook.hpp"

#include "analysis/time_model.hpp"
#include "graph/support.hpp"
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

using namespace oche;
using detail::Outlook;
using oche::tests::work;

namespace {

Duration at(const Outlook& outlook, const Graph& graph, std::string_view path) {
  const auto node = graph.find(path);
  INFO(path);
  REQUIRE(node);
  return outlook.remaining(*node, path);
}

}  // namespace

TEST_CASE("outlook: its own time and the longest path behind it", "[analysis][outlook]") {
  const auto source = work("fetch", {});
  const auto tests = work("test", {source});
  const auto built = work("build", {source});
  const Graph graph(all(work("publish", {gate(built, on(tests))}), work("lint", {source})));
  const Outlook outlook(
      graph, {{"fetch", 2s}, {"lint", 1s}, {"test", 8s}, {"build", 5s}, {"publish", 1s}});
  CHECK(at(outlook, graph, "fetch") == 11s);
  CHECK(at(outlook, graph, "test") == 9s);
  CHECK(at(outlook, graph, "build") == 6s);
  CHECK(at(outlook, graph, "lint") == 1s);
  CHECK(at(outlook, graph, "publish") == 1s);
}

TEST_CASE("outlook: what nobody knows takes as long as the longest that is known",
          "[analysis][outlook]") {
  const auto a = work("a", {});
  const Graph graph(all(work("b", {a}), work("c", {a})));
  const Outlook some(graph, {{"b", 7s}, {"elsewhere", 99s}});
  CHECK(at(some, graph, "c") == 7s);
  CHECK(at(some, graph, "a") == 14s);
  const Outlook none(graph, {});
  CHECK(at(none, graph, "c") == 1s);
  CHECK(at(none, graph, "a") == 2s);
}

TEST_CASE("outlook: what decides has behind it what is asked for then", "[analysis][outlook]") {
  const auto slow = work("slow", {});
  const auto shared = work("shared", {});
  const auto is_main = oche::map([](int) { return true; }, work("check", {}));
  const auto push = only_if(is_main, work("push", {shared, work("pack", {})}), "only on main");
  const auto other = or_else(slow, work("other", {}));
  const Graph graph(all(push, other, shared));
  const Outlook outlook(
      graph,
      {{"slow", 1s}, {"shared", 20s}, {"check", 1s}, {"push", 5s}, {"pack", 3s}, {"other", 50s}});
  CHECK(at(outlook, graph, "check") == 9s);  // then pack and push; shared is asked for at once
  CHECK(at(outlook, graph, "slow") == 51s);
  CHECK(at(outlook, graph, "shared") == 25s);
}

TEST_CASE("outlook: a list has its items behind it, each with its own times",
          "[analysis][outlook]") {
  const auto source = work("source", {});
  const auto list = oche::map([](int) { return std::vector<std::string>{}; }, source);
  const auto done = list_iter(
      list, [](const Term<std::string>& item) { return work("test", {work("build", {item})}); });
  const Graph graph(work("publish", {done}));
  std::string build;
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.title(node) == "build") build = graph.path(node);
  }
  REQUIRE(build.find("*/build") != std::string::npos);
  const auto path = [&](const std::string& item, const std::string& name) {
    return build.substr(0, build.find('*')) + item + "/" + name;
  };
  const Outlook outlook(graph, {{"source", 1s},
                                {"publish", 2s},
                                {path("debian", "build"), 10s},
                                {path("debian", "test"), 20s},
                                {path("alpine", "build"), 5s},
                                {path("alpine", "test"), 30s}});
  const NodeId node = *graph.find(build);
  // Behind each is the slowest of the tests, since they are one step of the template.
  CHECK(outlook.remaining(node, path("debian", "build")) == 42s);
  CHECK(outlook.remaining(node, path("alpine", "build")) == 37s);
  CHECK(outlook.remaining(node, path("fedora", "build")) == 42s);
  CHECK(at(outlook, graph, "source") == 43s);
}

TEST_CASE("outlook: steps in a hole have behind them what the hole has", "[analysis][outlook]") {
  const auto hole = dynamic("later", [](int) { return constant(1); }, work("a", {}));
  const Graph graph(work("b", {hole}));
  const Outlook outlook(graph, {{"a", 3s}, {"b", 4s}});
  CHECK(outlook.remaining_in(*graph.find("later")) == 8s);
  CHECK(at(outlook, graph, "a") == 7s);
}

TEST_CASE("outlook: very long and very many times do not overflow", "[analysis][outlook]") {
  AnyTerm last = work("n0", {});
  for (int i = 0; i < 1000; ++i)
    last = work("s", {last});
  const Graph graph(last);
  Outlook::Times times;
  for (NodeId node = 0; node < graph.size(); ++node)
    times.emplace_back(graph.path(node), Duration::max());
  const Outlook outlook(graph, times);
  for (NodeId node = 0; node < graph.size(); ++node)
    CHECK(outlook.remaining(node, graph.path(node)) > Duration{});
}
