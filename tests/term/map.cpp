// map.cpp - functions of values: map, map_error, zip, collect; and what is known.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/look.hpp"
#include <oche/base/record.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {

const int one = 1;
const int the_two = 2;
const std::string text = "text";

}  // namespace

TEST_CASE("constant: holds its value; texts without an owner become strings", "[term][constant]") {
  const auto number = constant(3, "three");
  STATIC_REQUIRE(std::is_same_v<decltype(number), const Term<int>>);
  CHECK(look::node(number).kind == Kind::constant);
  CHECK(look::node(number).label() == "three");
  CHECK(look::node(number).type == &type_of<int>);
  CHECK(look::payload<detail::Value>(number).as<int>() == 3);
  const auto literal = constant("hello");
  STATIC_REQUIRE(std::is_same_v<decltype(literal), const Term<std::string>>);
  CHECK(look::payload<detail::Value>(literal).as<std::string>() == "hello");
  STATIC_REQUIRE(std::is_same_v<decltype(constant(std::string_view())), Term<std::string>>);
}

TEST_CASE("failed: its line is that of the call, unless the failure has one", "[term][constant]") {
  const Where here = Where::current();
  const auto plain = failed<int>({.what = "no", .hint = "try again"});
  CHECK(look::payload<Failure>(plain).what == "no");
  CHECK(look::payload<Failure>(plain).where == look::place(here, 1));
  const auto placed = failed({.what = "no", .where = "elsewhere:1"});
  STATIC_REQUIRE(std::is_same_v<decltype(placed), const Term<>>);
  CHECK(look::payload<Failure>(placed).where == "elsewhere:1");
}

TEST_CASE("pending: has the phase", "[term][constant]") {
  CHECK(look::payload<Phase>(pending<int>(Phase::awaiting_approval)) == Phase::awaiting_approval);
}

TEST_CASE("map: calls its function with the values, in order", "[term][map]") {
  const auto a = constant(1);
  const auto b = constant("b");
  const auto x = map([](int n, const std::string& s) { return s + std::to_string(n); }, a, b);
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<std::string>>);
  CHECK(look::node(x).kind == Kind::map);
  CHECK(look::has_inputs(x, {a, b}));
  CHECK(look::call<std::string>(x, {&the_two, &text}) == "text2");
}

TEST_CASE("map: takes up to eight terms", "[term][map]") {
  const auto c = constant(1);
  const auto count = [](auto... x) { return static_cast<int>(sizeof...(x)) + (x + ...); };
  CHECK(look::call<int>(map(count, c), {&one}) == 2);
  CHECK(look::call<int>(map(count, c, c), {&one, &one}) == 4);
  CHECK(look::call<int>(map(count, c, c, c), {&one, &one, &the_two}) == 7);
  CHECK(look::call<int>(map(count, c, c, c, c), {&one, &one, &one, &the_two}) == 9);
  CHECK(look::call<int>(map(count, c, c, c, c, c), {&one, &one, &one, &one, &the_two}) == 11);
  CHECK(look::node(map(count, c, c, c, c, c, c)).inputs().size() == 6);
  CHECK(look::node(map(count, c, c, c, c, c, c, c)).inputs().size() == 7);
  CHECK(look::node(map(count, c, c, c, c, c, c, c, c)).inputs().size() == 8);
}

TEST_CASE("map: nothing returned is success, a literal a string", "[term][map]") {
  const auto a = constant(1);
  bool called = false;
  const auto nothing = map([&called](int) { called = true; }, a);
  STATIC_REQUIRE(std::is_same_v<decltype(nothing), const Term<>>);
  (void)look::call<Unit>(nothing, {&one});
  CHECK(called);
  STATIC_REQUIRE(std::is_same_v<decltype(map([](int) { return "x"; }, a)), Term<std::string>>);
}

TEST_CASE("map: a Term<> is never looked into", "[term][map]") {
  const Term<> success = constant(text);
  const auto x = map([](Unit, int n) { return n; }, success, constant(1));
  CHECK(look::call<int>(x, {nullptr, &the_two}) == 2);
}

TEST_CASE("map: keeps what its function captured, and runs it as often as asked", "[term][map]") {
  const std::string captured = "a text that is too long to be kept in place";
  const auto x = map([captured](int n) { return captured + std::to_string(n); }, constant(1));
  CHECK(look::call<std::string>(x, {&one}) == captured + "1");
  CHECK(look::call<std::string>(x, {&the_two}) == captured + "2");
}

TEST_CASE("map_error: rewrites the failure", "[term][map]") {
  const auto bad = failed<int>({.what = "no"});
  const auto x = map_error(
      [](const Failure& f) {
        Failure better = f;
        better.hint = "yes";
        return better;
      },
      bad);
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<int>>);
  const Failure given{"no"};
  CHECK(look::call<Failure>(x, {&given}) == Failure{.what = "no", .hint = "yes"});
  CHECK(look::has_inputs(x, {bad}));
}

TEST_CASE("zip: a tuple of the values", "[term][zip]") {
  const auto a = constant(1);
  const Term<> b = constant("b");
  const auto x = zip(a, b, a);
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<std::tuple<int, Unit, int>>>);
  CHECK(look::has_inputs(x, {a, b, a}));
  CHECK(look::call<std::tuple<int, Unit, int>>(x, {&one, &text, &the_two}) ==
        std::tuple(1, Unit{}, 2));
  STATIC_REQUIRE(std::tuple_size_v<value_of<decltype(zip(a, a, a, a, a, a, a, a))>> == 8);
}

TEST_CASE("collect: a vector of the values, in order", "[term][collect]") {
  const auto a = constant(1);
  const auto b = constant(2);
  for (const auto& x : {collect({a, b, a}), collect(std::vector{a, b, a})}) {
    STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<std::vector<int>>&>);
    CHECK(look::has_inputs(x, {a, b, a}));
    CHECK(look::call<std::vector<int>>(x, {&one, &the_two, &one}) == std::vector{1, 2, 1});
  }
  CHECK(look::node(collect(std::vector<Term<int>>())).inputs().empty());
}

TEST_CASE("collect: gated terms are terms", "[term][collect]") {
  const auto a = gate(constant(1), on(constant(2)));
  STATIC_REQUIRE(std::is_same_v<decltype(collect(std::vector{a, a})), Term<std::vector<int>>>);
}
