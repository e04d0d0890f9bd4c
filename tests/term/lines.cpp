// lines.cpp - every combinator remembers the line of the program that called it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/look.hpp"
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {

const auto number = constant(1);
const auto list = constant(std::vector<int>{1});
const auto two = step("two", [](Job&, const std::string&, int) {});
const auto same = [](const auto& x) { return x; };

unsigned line(const AnyTerm& x) { return look::node(x).where.line(); }
bool is_here(const AnyTerm& x) {
  return std::string_view(look::node(x).where.file_name()).ends_with("lines.cpp");
}

/// Whether the term's line is the one that called this.
bool mine(const AnyTerm& x, Where where = Where::current()) {
  return is_here(x) && line(x) == where.line();
}

}  // namespace

// Each call and the question about it stand on one line.
// clang-format off
TEST_CASE("lines: each combinator has the user's own", "[term][lines]") {
  CHECK(mine(constant(1)));
  CHECK(mine(failed(Failure{"no"})));
  CHECK(mine(pending()));
  CHECK(mine(Var<int>{"v", 1}.term()));
  CHECK(mine(watch<int>("w", [] { return 1; }, [](auto) { return [] {}; })));
  CHECK(mine(map(same, number)));
  CHECK(mine(map([](int a, int b) { return a + b; }, number, number)));
  CHECK(mine(map([](int a, int b, int c) { return a + b + c; }, number, number, number)));
  const auto& v = number;
  CHECK(mine(map([](auto... x) { return (x + ...); }, v, v, v, v, v, v, v, v)));
  CHECK(mine(map_error(same, number)));
  CHECK(mine(zip(number, number)));
  CHECK(mine(zip(number, number, number, number, number, number, number, number)));
  CHECK(mine(collect({number})));
  CHECK(mine(collect(std::vector{number})));
  CHECK(mine(all()));
  CHECK(mine(all(number)));
  CHECK(mine(all(number, number)));
  CHECK(mine(all(number, number, number, number, number, number, number, number, number)));
  CHECK(mine(all({{"a", number}})));
  CHECK(mine(all({{"a", number}, {"b", number}})));
  CHECK(mine(all(std::vector{number})));
  CHECK(mine(gate(number, on(number))));
  CHECK(mine(only_if(constant(true), number, "r")));
  CHECK(mine(list_map(list, same)));
  CHECK(mine(list_map(list, by(same), same)));
  CHECK(mine(list_iter(list, same)));
  CHECK(mine(list_iter(list, by(same), same)));
  CHECK(mine(option_map(constant(std::optional<int>()), same)));
  CHECK(mine(look::input(list_map(list, same), 1)));
  CHECK(mine(attempt(number)));
  CHECK(mine(state_of(number)));
  CHECK(mine(or_else(number, number)));
  CHECK(mine(advisory(number)));
  CHECK(mine(approve("what", number)));
  CHECK(mine(fold("f", 0, [](int a, int b) { return a + b; }, number)));
  CHECK(mine(dynamic("d", [](int n) { return constant(n); }, number)));
  CHECK(mine(two("a", 1)));
  CHECK(mine(two(constant("a"), number)));
}
// clang-format on

namespace {

// A function that takes terms records the line that called it by passing it on.
Term<> checked(const Term<int>& x, Where where = Where::current()) {
  return all({{"x", x}}, where);
}

}  // namespace

TEST_CASE("lines: are handed on by a function that takes terms", "[term][lines]") {
  CHECK(mine(checked(number)));
}

TEST_CASE("lines: a call over several lines has one of them", "[term][lines]") {
  // clang-format off
  const Where before = Where::current();
  const auto x = all(
      number,
      gate(number,
           on(number)));
  const Where after = Where::current();
  // clang-format on
  CHECK(line(x) > before.line());
  CHECK(line(x) < after.line());
}
