// silencer.cpp - tests of which remarks a silencer is about.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/silencer.hpp>

#include "graph/support.hpp"
#include <oche/analysis/lint.hpp>

#include <catch2/catch.hpp>

using namespace oche;
using oche::tests::program;

TEST_CASE("silencer: only its kind of remark, only its paths", "[analysis][lint]") {
  const auto tool = [](std::string label) { return program("exec", {"curl"}, {}, label); };
  const auto in = [&](std::string part) { return section(part, [&] { return tool(part); }); };
  const Facts facts{Graph(zip(in("a"), in("b")))};
  const auto silenced = [&](std::string id, std::string paths) {
    std::string text;
    for (const Remark& one : lint(facts, {.silencers = {{id, paths, "it is a test"}}}))
      if (!one.silenced.empty())
        text += one.id + " " + std::string(facts.graph().path(one.node)) + "; ";
    return text;
  };
  CHECK(silenced("undeclared-network", "a/*") == "undeclared-network a/a; ");
  CHECK(silenced("undeclared-network", "**") == "undeclared-network a/a; undeclared-network b/b; ");
  CHECK(silenced("near-duplicate", "**") == "near-duplicate b/b; ");
  CHECK(silenced("near-duplicate", "a/**").empty());
}
