// sarif.cpp - tests of the SARIF log: what is broken, what is odd, and where.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/sarif.hpp>

#include "graph/support.hpp"
#include <oche/term/step.hpp>
#include <oche/term/term.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>
#include <string>

using namespace oche;

namespace sarif_tests {

namespace {

using nlohmann::json;

const auto baked = step("baked", [](Job&, const std::string& text) { return text; });
const auto tasted = step("tasted", [](Job&, const std::string& text) { return text; });
const auto served =
    step("served", [](Job&, const std::string& name, const Latest<std::string>&) { return name; },
         {.retry = {.attempts = 2}});

json sarif_of(const AnyTerm& term, const Policies& policies, const LintOptions& options = {}) {
  const Facts facts{Graph(term)};
  return json::parse(to_sarif(facts, check(facts, policies), lint(facts, options)));
}

}  // namespace

TEST_CASE("sarif: a broken policy is an error where its subject was written", "[analysis][sarif]") {
  const auto bread = baked("bread");
  const auto line = static_cast<unsigned>(__LINE__) + 1;
  const Term<> pipeline = all({{"tasted", tasted(bread)}, {"served", served("table", bread)}});
  const json log = sarif_of(pipeline, {every(publishes()).needs_success_of(step_named("tasted"))});
  CHECK(log.at("version") == "2.1.0");
  const json& results = log.at("runs").at(0).at("results");
  REQUIRE(results.size() == 2);
  const json& broken = results.at(0);
  CHECK(broken.at("ruleId") == "policy");
  CHECK_FALSE(broken.contains("kind"));  // is "fail"
  CHECK(broken.at("level") == "error");
  CHECK_THAT(broken.at("message").at("text").get<std::string>(),
             Catch::Contains("runs even if tasted fails"));
  const json& place = broken.at("locations").at(0);
  CHECK(place.at("physicalLocation").at("region").at("startLine") == line);
  CHECK_THAT(place.at("physicalLocation").at("artifactLocation").at("uri").get<std::string>(),
             Catch::EndsWith("tests/analysis/sarif.cpp"));
  CHECK(place.at("logicalLocations").at(0).at("fullyQualifiedName") == "served");
  CHECK(broken.at("relatedLocations").at(0).at("message").at("text") == "fails");
  CHECK(results.at(1).at("ruleId") == "retried-publish");
  CHECK(results.at(1).at("level") == "warning");
}

TEST_CASE("sarif: what is silenced is suppressed, with its reason", "[analysis][sarif]") {
  const json log = sarif_of(served("table", constant(std::string("bread"), "bread")), {},
                            {.silencers = {{"retried-publish", "**", "the table does not mind"}}});
  const json& results = log.at("runs").at(0).at("results");
  REQUIRE(results.size() == 1);
  CHECK(results.at(0).at("suppressions").at(0).at("justification") == "the table does not mind");
}

TEST_CASE("sarif: a misspelt policy is found at its own line; what holds is no result",
          "[analysis][sarif]") {
  const auto line = static_cast<unsigned>(__LINE__) + 1;
  const Policy misspelt = every(step_named("bakde")).needs_success_of(step_named("tasted"));
  const json log = sarif_of(baked("bread"), {misspelt, no(dynamic_parts())});
  const json& results = log.at("runs").at(0).at("results");
  REQUIRE(results.size() == 1);
  CHECK(results.at(0).at("locations").at(0).at("physicalLocation").at("region").at("startLine") ==
        line);
}

TEST_CASE("sarif: every rule that a result can name is listed", "[analysis][sarif]") {
  const json log = sarif_of(baked("bread"), {});
  std::set<std::string> ids;
  for (const json& rule : log.at("runs").at(0).at("tool").at("driver").at("rules"))
    ids.insert(rule.at("id").get<std::string>());
  CHECK(ids.size() == lint_rules().size() + 1);
  CHECK(ids.contains("policy"));
  for (const LintRule& rule : lint_rules())
    CHECK(ids.contains(std::string(rule.id)));
  CHECK(log.at("runs").at(0).at("results").empty());
}

}  // namespace sarif_tests

TEST_CASE("sarif: a budget that is broken is an error, one that is not known is open",
          "[analysis][sarif][budget]") {
  const Graph graph(tests::work("slow", {constant(1)}));
  const Policies budget = {whole_run().cost_at_most(1min)};
  const auto result = [&](const Assumptions& known) {
    const auto log = nlohmann::json::parse(to_sarif(Facts(graph), check(graph, budget, known), {}));
    return log.at("runs").at(0).at("results").at(0);
  };
  CHECK(result({}).at("kind") == "open");
  CHECK(result({}).at("level") == "none");
  CHECK_THAT(result({}).at("message").at("text").get<std::string>(),
             Catch::Contains("not known for") && Catch::Contains("has never run"));
  const auto broken = result({.durations = {{"slow", 1h}}});
  CHECK(broken.at("level") == "error");
  CHECK_THAT(broken.at("message").at("text").get<std::string>(),
             Catch::Contains("if all goes well") && !Catch::Contains("runs even if"));
}
