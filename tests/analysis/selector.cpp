// selector.cpp - tests of what each selector chooses.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/selector.hpp>

#include "analysis/marks.hpp"
#include "graph/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oche;

namespace {
std::vector<std::string> chosen(const Facts& facts, const Selector& selector) {
  detail::Marks marks(facts);
  std::vector<std::string> paths;
  for (const NodeId node : marks.of(selector))
    paths.emplace_back(facts.graph().path(node));
  std::sort(paths.begin(), paths.end());
  return paths;
}
using Names = std::vector<std::string>;
}  // namespace

TEST_CASE("selector: names, labels, sections, levels, operations", "[analysis][selector]") {
  const auto head = Var<int>("head", 1).term();
  const auto made = oche::tests::work("make", {head}, {.level = Level::dangerous});
  const auto inner = section("checks", [&] {
    return all(oche::tests::program("test", {"pytest"}, {made}),
               oche::tests::work("lint", {made}, {.label = "style"}));
  });
  const auto asked = approve("ship it", made);
  const auto hole = dynamic("hole", [](int n) { return constant(n); }, asked);
  const Facts facts(Graph(all({{"inner", inner}, {"hole", hole}})));
  CHECK(chosen(facts, step_named("make")) == Names{"make"});
  CHECK(chosen(facts, step_named("style")) == Names{"checks/style"});
  CHECK(chosen(facts, step_named("lint")) == Names{"checks/style"});
  CHECK(chosen(facts, step_named("checks/style")) == Names{"checks/style"});
  CHECK(chosen(facts, step_named("mak")).empty());
  CHECK(chosen(facts, choose::tests()) == Names{"checks/test-pytest"});
  CHECK(chosen(facts, within("checks")) == Names{"checks/style", "checks/test-pytest"});
  CHECK(chosen(facts, level(Level::above_average)) == Names{"make"});
  CHECK(chosen(facts, approvals()).size() == 1);
  CHECK(chosen(facts, approvals("ship it")).size() == 1);
  CHECK(chosen(facts, approvals("ship")).empty());
  CHECK(chosen(facts, inputs("head")) == Names{"head"});
  CHECK(chosen(facts, dynamic_parts()).size() == 1);
  CHECK(chosen(facts, publishes()).empty());
  CHECK(chosen(facts, step_named("make") | choose::tests() | step_named("make")) ==
        Names{"checks/test-pytest", "make"});
}
