// all.cpp - success of many: all in its forms, gates, only_if.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/look.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <list>
#include <map>

using namespace oche;

namespace {

const auto first = constant(1);
const auto second = constant("b");
using Labels = std::vector<std::string>;

Labels labels_of(const AnyTerm& term) { return look::payload<detail::AllPayload>(term).labels; }

}  // namespace

TEST_CASE("all: terms of any types", "[term][all]") {
  CHECK(look::has_inputs(all(), {}));
  CHECK(look::has_inputs(all(first), {first}));
  CHECK(look::has_inputs(all(first, second), {first, second}));
  CHECK(look::has_inputs(all(first, second, first, second, first, second, first, second, first),
                         {first, second, first, second, first, second, first, second, first}));
  CHECK(look::node(all(first, second)).kind == Kind::all);
  CHECK(look::node(all(first, second)).payload == nullptr);
}

TEST_CASE("all: labelled", "[term][all]") {
  CHECK(look::has_inputs(all({{"x", first}}), {first}));
  CHECK(labels_of(all({{"x", first}})) == Labels{"x"});
  const auto two = all({{"x", first}, {std::string("y") + "z", second}});
  CHECK(look::has_inputs(two, {first, second}));
  CHECK(labels_of(two) == Labels{"x", "yz"});
  std::vector<Labelled> list;
  list.push_back({"x", first});
  list.emplace_back("y", second);
  CHECK(labels_of(all(list)) == Labels{"x", "y"});
}

TEST_CASE("all: ranges", "[term][all]") {
  CHECK(look::has_inputs(all(std::vector{first, first}), {first, first}));
  CHECK(look::has_inputs(all(std::vector<Term<>>{first, second}), {first, second}));
  CHECK(look::has_inputs(all(std::array<Term<int>, 2>{first, first}), {first, first}));
  CHECK(look::has_inputs(all(std::list<Term<int>>{first}), {first}));
  const std::vector<std::pair<const char*, Term<int>>> pairs{{"x", first}, {"y", first}};
  CHECK(labels_of(all(pairs)) == Labels{"x", "y"});
  const std::map<std::string, Term<>> table{{"y", first}, {"x", second}};
  CHECK(labels_of(all(table)) == Labels{"x", "y"});
  CHECK(look::has_inputs(all(table), {second, first}));
  CHECK(look::node(all(std::vector<Term<int>>())).inputs().empty());
}

TEST_CASE("gate: the value, then its controls", "[term][gate]") {
  const auto x = gate(first, on(second, first));
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Gated<int>>);
  CHECK(look::node(x).kind == Kind::gate);
  CHECK(look::has_inputs(x, {first, second, first}));
  CHECK(look::node(x).type == &type_of<int>);
}

TEST_CASE("gate: a gated term is a term, and stays gated where its value does", "[term][gate]") {
  const auto x = gate(first, on(second));
  STATIC_REQUIRE(std::is_convertible_v<Gated<int>, Term<int>>);
  STATIC_REQUIRE(std::is_convertible_v<Gated<int>, Term<>>);
  STATIC_REQUIRE(std::is_same_v<decltype(gate(x, on(second))), Gated<int>>);
  STATIC_REQUIRE(std::is_same_v<decltype(only_if(constant(true), x, "r")), Gated<int>>);
  STATIC_REQUIRE(std::is_same_v<decltype(approve("r", x)), Gated<int>>);
  STATIC_REQUIRE(std::is_same_v<decltype(section("s", [&] { return x; })), Gated<int>>);
  STATIC_REQUIRE(std::is_same_v<decltype(with_context(first, [&] { return x; })), Gated<int>>);
  STATIC_REQUIRE(std::is_same_v<std::decay_t<decltype(true ? x : first)>, Term<int>>);
  STATIC_REQUIRE(std::is_same_v<decltype(or_else(x, first)), Term<int>>);
  STATIC_REQUIRE(std::is_same_v<decltype(map([](int n) { return n; }, x)), Term<int>>);
  const Term<int> plain = x;
  CHECK(plain.node() == x.node());
}

TEST_CASE("Term: every one converts to Term<>, which is the same node", "[term]") {
  const Term<> success = second;
  CHECK(success.node() == second.node());
  const std::vector<Term<>> mixed{first, second, success};
  CHECK(mixed[1].node() == second.node());
}

TEST_CASE("only_if: the condition, then the value, and the reason as label", "[term][only_if]") {
  const auto condition = constant(true);
  const auto x = only_if(condition, second, "not on main");
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<std::string>>);
  CHECK(look::node(x).kind == Kind::only_if);
  CHECK(look::has_inputs(x, {condition, second}));
  CHECK(look::node(x).label() == "not on main");
  CHECK(look::node(x).type == &type_of<std::string>);
}
