// outline.cpp - tests of outlines: what is in them, and that they come back as they were.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/outline.hpp>

#include "analysis/random_pipeline.hpp"
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oche;

namespace outline_tests {

namespace {

const auto kneaded = step("kneaded", [](Job&, const std::string& flour) { return flour; });
const auto proved = step("proved", [](Job&, const std::string& dough) { return dough; });
const auto sold =
    step("sold", [](Job&, const std::string& shop, const Latest<std::string>&) { return shop; });

const OutlineNode& node_at(const Outline& outline, std::string_view path) {
  const auto found = std::find_if(outline.nodes.begin(), outline.nodes.end(),
                                  [&](const OutlineNode& node) { return node.path == path; });
  if (found == outline.nodes.end()) FAIL("there is no " << path);
  return *found;
}

std::vector<std::string> plain(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& text : texts)
    all.push_back(shown(text));
  return all;
}
using Texts = std::vector<std::string>;

Outline bakery() {
  const auto dough = kneaded("rye");
  const auto good = proved(dough);
  const auto asked = approve("sell it", dough);
  const auto open =
      map([](const std::string& s) { return !s.empty(); }, constant(std::string("y")));
  return outline_of(Facts{
      Graph(all({{"good", good},
                 {"sold", only_if(open, sold("corner", gate(asked, on(good))), "closed")}}))});
}

}  // namespace

TEST_CASE("outline: a dangerous step and all that it cannot run without", "[analysis][outline]") {
  const Outline outline = bakery();
  const OutlineNode& node = node_at(outline, "sold");
  CHECK(node.is_dangerous);
  CHECK(plain(node.needs) == Texts{"good", "kneaded", "sell it"});
  CHECK(plain(node.held_by).size() == 3);  // the gate, the person, the condition
  CHECK(node.arguments.at(0).second == "\"corner\"");
  CHECK(node.arguments.at(1).first == "2 (latest)");
  CHECK_FALSE(node_at(outline, "kneaded").is_dangerous);
  CHECK(outline.nodes.back().kind == "pipeline");
  CHECK(outline.functions.size() == 4);
}

TEST_CASE("outline: of random pipelines, JSON brings back what was written",
          "[analysis][outline]") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const Outline outline = outline_of(Facts{Graph(tests::RandomPipeline(seed).make(30))});
    const Result<Outline> read = outline_from_json(to_json(outline));
    INFO("seed " << seed);
    if (!read) FAIL(read.failure().what);
    CHECK(read.value() == outline);
  }
}

TEST_CASE("outline: what is none is refused", "[analysis][outline]") {
  const std::string good = to_json(bakery());
  CHECK(outline_from_json("{\"format\": \"oche-picture\", \"outline\": " + good + "}"));
  const auto with = [&](std::string_view part, std::string_view by) {
    std::string text = good;
    INFO(part);
    REQUIRE(text.find(part) != text.npos);
    return text.replace(text.find(part), part.size(), by);
  };
  for (const std::string& wrong :
       {std::string(), std::string("[]"), std::string("{}"), std::string("{\"outline\": 3}"),
        good.substr(0, good.size() / 2), with("\"version\": 1", "\"version\": 7"),
        with("\"place\":", "\"place\":4711"), with("\"kind\"", "\"kin\""),
        with("\"order\": [[]", "\"order\": [[5]"), with("\"kind\":\"pipeline\"", "\"kind\":\"p\"")})
    CHECK_FALSE(outline_from_json(wrong));
}

TEST_CASE("outline: keys leave out what keys leave out", "[analysis][outline]") {
  const auto of = [](const AnyTerm& term, std::string_view path) {
    return node_at(outline_of(Facts{Graph(term)}), path).key;
  };
  const auto dough = kneaded("rye");
  const std::string plain_key = of(proved(dough), "proved");
  CHECK(of(proved(gate(dough, on(kneaded("wheat")))), "proved") == plain_key);
  CHECK(of(section("kitchen", [&] { return proved(dough); }), "kitchen/proved") == plain_key);
  CHECK(of(proved(approve("is it", dough)), "proved") == plain_key);
  CHECK(of(proved(kneaded("wheat")), "proved") != plain_key);
  CHECK(of(proved("rye"), "proved") != plain_key);
}

}  // namespace outline_tests
