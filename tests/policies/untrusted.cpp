// untrusted.cpp - what a program distrusts marks its data: check and run see it without a policy.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/folder.hpp"
#include <oche/analysis/check.hpp>
#include <oche/analysis/outline.hpp>
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>

#include <catch2/catch.hpp>

#include <filesystem>

using namespace oche;
using Catch::Contains;

namespace {

const auto compiled = step("compiled", [](Job&, const std::string& text) { return text + "!"; });
const auto signed_off = step("signed", [](Job&, const std::string& text) { return text; },
                             {.secrets = {{"ci", "token"}}});
const auto shipped = step("shipped", [](Job&, const Latest<std::string>& text) { return *text; });

Untrusted<std::string> request() {
  return distrust(Var<std::string>("request", "text").term(), "a fork's pull request");
}

/// The answer to what is asked without a policy.
std::string told(const AnyTerm& pipeline, bool holds, const Policies& policies = {}) {
  const Graph graph(pipeline);
  const CheckReport report = check(graph, policies);
  std::string text = to_text(report, graph);
  INFO(text);
  CHECK(report.answers.size() == policies.size() + 1);
  CHECK(report.holds() == holds);
  return text;
}

}  // namespace

TEST_CASE("untrusted: what follows from it may neither publish nor read a secret",
          "[policies][untrusted]") {
  const auto harmless = quarantine(request(), compiled);
  told(all(harmless), true);
  const std::string text = told(all(quarantine(harmless, shipped)), false);
  CHECK_THAT(text, Catch::StartsWith("✗ what the program distrusts: distrusted\n    shipped (") &&
                       Contains("): publishes\n      from compiled (") &&
                       Contains("from a fork's pull request (") && Contains("the policy: ") &&
                       Contains("untrusted.cpp:"));
  CHECK_THAT(text, !Contains("untrusted.hpp"));  // a step's line is the user's
  CHECK(text.find("from compiled") < text.find("from a fork's"));
  CHECK_THAT(told(all(quarantine(harmless, signed_off)), false),
             Contains("reads the secret ci/token"));
  // A gate waits for success, which carries nothing.
  told(all(shipped(gate(constant(std::string("ours")), on(harmless)))), true);
}

TEST_CASE("untrusted: it ends where somebody says why", "[policies][untrusted]") {
  const auto harmless = quarantine(request(), compiled);
  told(all(shipped(vouch(harmless, "is signed by its author"))), true);
  told(all(shipped(approve("ship this", harmless))), true);
  // One way that nobody vouches for is enough.
  const auto both = quarantine(harmless, [&](Term<std::string> text) {
    return shipped(or_else(vouch(harmless, "is signed by its author"), text));
  });
  told(all(both), false);
}

TEST_CASE("untrusted: policies see it, and what passed a test is still the same thing",
          "[policies][untrusted]") {
  const auto harmless = quarantine(request(), compiled);
  const Policies policies = {secret("token").never_reaches(untrusted())};
  told(all(harmless, signed_off(std::string("ours"))), true, policies);
  const auto bad = all(quarantine(harmless, signed_off));
  CHECK_THAT(told(bad, false, policies), Contains("secret \"token\": never seen by untrusted"));
  const auto vouched = vouch(harmless, "is signed by its author");
  const auto tested = compiled(vouched);
  const Graph graph(all(shipped(gate(vouched, on(tested)))));
  CHECK(check(graph, {every(publishes()).ships_what_passed(step_named("compiled"))}).holds());
}

TEST_CASE("untrusted: declared in a pipeline, it has no function to compare",
          "[policies][untrusted]") {
  const Facts facts{Graph(all(vouch(request(), "is signed by its author")))};
  CHECK(outline_of(facts).functions.empty());
}

TEST_CASE("untrusted: run starts nothing that could leak, and hands values on else",
          "[policies][untrusted][cli]") {
  const tests::Folder folder;
  const std::string state = folder / "state";
  const auto call = [&](Pipeline pipeline) {
    const Program program{.name = "program", .pipeline = std::move(pipeline)};
    std::string words[] = {"program", "run", "--quiet", "--state", state};
    char* argv[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(),
                    words[4].data()};
    return oche::main(5, argv, program);
  };
  CHECK(call([] { return all(quarantine(request(), shipped)); }) == 1);
  CHECK_FALSE(std::filesystem::exists(state));
  CHECK(call([] { return all(shipped(vouch(request(), "is signed by its author"))); }) == 0);
  Engine engine{{.state = folder / "other", .slots = 1}};
  const auto run =
      engine.start(compiled(vouch(quarantine(request(), compiled), "is signed by its author")));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}
