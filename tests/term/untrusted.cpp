// untrusted.cpp - tests of what somebody else wrote: what it converts to, and the ways out.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/untrusted.hpp>

#include <oche/base/error.hpp>
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {
const auto twice = step("twice", [](Job&, int n) { return 2 * n; });
}  // namespace

TEST_CASE("untrusted: is no term, and success all the same", "[term][untrusted]") {
  STATIC_REQUIRE(!ATerm<Untrusted<int>>);
  STATIC_REQUIRE(std::is_convertible_v<Untrusted<int>, Term<>>);
  STATIC_REQUIRE(!std::is_base_of_v<Term<int>, Untrusted<int>>);
  const auto x = distrust(constant(1), "a fork");
  CHECK(x.node()->kind == Kind::map);
  CHECK(x.node()->label() == "a fork");
  CHECK(x.node()->operation->trust == Trust::distrusted);
  // Whatever asks for success takes it.
  CHECK(all(x, twice(1)).node()->input_count == 2);
  CHECK(all({{"x", x}}).node()->input_count == 1);
  CHECK(gate(twice(1), on(x)).node()->inputs()[1] == x.node());
  CHECK(advisory(x).node()->inputs()[0] == x.node());
}

TEST_CASE("untrusted: what is built of it in quarantine is untrusted as well",
          "[term][untrusted]") {
  const auto x = distrust(constant(1));
  const auto made = quarantine(x, [](Term<int> n) { return twice(n); });
  STATIC_REQUIRE(std::is_same_v<decltype(made), const Untrusted<int>>);
  CHECK(made.node()->kind == Kind::step);
  CHECK(made.node()->inputs()[0] == x.node());
  const auto nested =
      quarantine(x, [&](Term<int>) { return quarantine(made, [](Term<int> n) { return n; }); });
  STATIC_REQUIRE(std::is_same_v<decltype(nested), const Untrusted<int>>);
  const auto success = quarantine(x, [](Term<int> n) { return all(twice(n)); });
  STATIC_REQUIRE(std::is_same_v<decltype(success), const Term<>>);
  const auto text = quarantine(x, [](Term<int> n) { return map([](int) { return "some"; }, n); });
  STATIC_REQUIRE(std::is_same_v<decltype(text), const Untrusted<std::string>>);
}

TEST_CASE("untrusted: the ways out name why", "[term][untrusted]") {
  const auto x = distrust(constant(1));
  const auto agreed = approve("this number", x);
  STATIC_REQUIRE(std::is_same_v<decltype(agreed), const Term<int>>);
  CHECK(agreed.node()->kind == Kind::approve);
  const auto line = std::source_location::current().line() + 1;
  const auto vouched = vouch(x, "between 1 and 9");
  STATIC_REQUIRE(std::is_same_v<decltype(vouched), const Term<int>>);
  CHECK(vouched.node()->label() == "between 1 and 9");
  CHECK(vouched.node()->where.line() == line);
  CHECK(vouched.node()->operation->trust == Trust::vouched);
  try {
    (void)vouch(x, " ");
    FAIL("an empty reason was accepted");
  } catch (const Error& error) {
    CHECK(error.failure().what == "vouch(x, reason): the reason is empty");
    CHECK_THAT(error.failure().where, Catch::Contains("untrusted.cpp:"));
  }
}
