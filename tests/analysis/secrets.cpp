// secrets.cpp - tests of who sees which secret, and by way of what.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/secrets.hpp>

#include <oche/term/step.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oche;

namespace {
const auto log_in = step("log in", [](Job&) { return std::string(); },
                         {.secrets = {{"ci", "token"}, {"ci", "key"}}});
const auto use = step("use", [](Job&, const std::string& s) { return s; });
const auto apart = step("apart", [](Job&, const std::string& s) { return s; });

Facts facts_with_secrets() {
  const auto session = log_in();
  const auto used = use(map([](const std::string& s) { return s; }, session));
  const auto text = constant(std::string("text"));
  return Facts(Graph(all({{"used", used}, {"apart", apart(gate(text, on(session)))}})));
}
}  // namespace

TEST_CASE("secrets: readers, and who is given what they made", "[analysis][secrets]") {
  const Facts facts = facts_with_secrets();
  const auto all = who_sees(facts);
  REQUIRE(all.size() == 2);
  CHECK(all[0].name.name == "key");
  CHECK(all[1].name.name == "token");
  REQUIRE(all[1].sights.size() == 2);  // a gate carries no bytes
  const Sight& reader = all[1].sights[0];
  const Sight& other = all[1].sights[1];
  CHECK(reader.reads);
  CHECK(reader.path.size() == 1);
  CHECK_FALSE(other.reads);
  CHECK(facts.graph().kind(other.path.at(1)) == Kind::map);
  CHECK(other.path.back() == reader.node);
  CHECK(seen_by(facts, other.node).size() == 2);
  CHECK(seen_by(facts, *facts.graph().find("apart")).empty());
}

TEST_CASE("secrets: as text and as JSON", "[analysis][secrets]") {
  const Facts facts = facts_with_secrets();
  const Graph& graph = facts.graph();
  const std::string text = to_text(who_sees(facts), graph);
  CHECK_THAT(text, Catch::StartsWith("ci/key\n  is read by log in (") &&
                       Catch::Contains("  gets to used (") && Catch::Contains("    from log in ("));
  CHECK(to_text(std::vector<SecretSights>(), graph) == "no secret is seen\n");
  const auto json = nlohmann::json::parse(to_json(who_sees(facts), graph));
  CHECK(json.at(1).at("name") == "token");
  CHECK(json.at(1).at("seen_by").at(1).at("reads") == false);
  CHECK(json.at(1).at("seen_by").at(1).at("by_way_of").back() == "log in");
}
