// state.cpp - failures and states as values, fallbacks, people, memory, holes.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/look.hpp"

#include <catch2/catch.hpp>

#include <memory>

using namespace oche;

namespace {

const auto x = constant(1);
const int one = 1;
const Failure no{"no"};

}  // namespace

TEST_CASE("attempt: a value or a failure", "[term][attempt]") {
  const auto a = attempt(x);
  STATIC_REQUIRE(std::is_same_v<decltype(a), const Term<Result<int>>>);
  CHECK(look::has_inputs(a, {x}));
  CHECK(look::call<Result<int>>(a, {&one, nullptr}).value() == 1);
  CHECK(look::call<Result<int>>(a, {nullptr, &no}).failure() == no);
  const auto success = attempt(all(x));
  CHECK(look::call<Result<>>(success, {&one, nullptr}).is_ok());
}

TEST_CASE("state_of: any state", "[term][state_of]") {
  const auto s = state_of(x);
  STATIC_REQUIRE(std::is_same_v<decltype(s), const Term<Outcome<int>>>);
  const Phase phase = Phase::awaiting_approval;
  const Skipped skipped{"not now"};
  CHECK(look::call<Outcome<int>>(s, {&one, nullptr, nullptr, nullptr}).value() == 1);
  CHECK(look::call<Outcome<int>>(s, {nullptr, &no, nullptr, nullptr}).failure() == no);
  CHECK(look::call<Outcome<int>>(s, {nullptr, nullptr, &phase, nullptr}).phase() == phase);
  CHECK(look::call<Outcome<int>>(s, {nullptr, nullptr, nullptr, &skipped}).reason() == "not now");
}

TEST_CASE("or_else, advisory: nodes with their inputs", "[term][or_else][advisory]") {
  const auto y = constant(2);
  const auto e = or_else(x, y);
  STATIC_REQUIRE(std::is_same_v<decltype(e), const Term<int>>);
  CHECK(look::node(e).kind == Kind::or_else);
  CHECK(look::has_inputs(e, {x, y}));
  const auto a = advisory(x);
  STATIC_REQUIRE(std::is_same_v<decltype(a), const Term<>>);
  CHECK(look::node(a).kind == Kind::advisory);
  CHECK(look::has_inputs(a, {x}));
}

TEST_CASE("approve: asks for the value", "[term][approve]") {
  const auto a = approve("release to the world", x);
  STATIC_REQUIRE(std::is_same_v<decltype(a), const Term<int>>);
  CHECK(look::node(a).kind == Kind::approve);
  CHECK(look::node(a).label() == "release to the world");
}

TEST_CASE("fold: a state, and what makes the next one", "[term][fold]") {
  auto counted = std::make_shared<int>(0);
  {
    const auto f = fold(
        "sum", std::string("0"),
        [counted](const std::string& sum, int n) { return sum + "+" + std::to_string(n); }, x);
    STATIC_REQUIRE(std::is_same_v<decltype(f), const Term<std::string>>);
    CHECK(look::node(f).kind == Kind::fold);
    CHECK(look::node(f).label() == "sum");
    const auto& payload = look::payload<detail::FoldPayload>(f);
    CHECK(payload.initial.as<std::string>() == "0");
    const std::string state = "0+5";
    CHECK(look::call<std::string>(f, {&state, &one}, payload.closure) == "0+5+1");
    CHECK(counted.use_count() == 2);
  }
  CHECK(counted.use_count() == 1);
}

TEST_CASE("dynamic: builds a term from a value, within what it promises", "[term][dynamic]") {
  auto counted = std::make_shared<int>(0);
  {
    const auto d =
        dynamic(
            "hole", [counted](int n) { return n > 0 ? constant(n + 1) : failed<int>(no); }, x)
            .may_run({"build", "test"})
            .never({"deploy"})
            .at_most(50);
    STATIC_REQUIRE(std::is_convertible_v<decltype(d), Term<int>>);
    CHECK(look::node(d).kind == Kind::dynamic);
    CHECK(look::node(d).label() == "hole");
    CHECK(look::node(d).type == &type_of<int>);
    const auto& payload = look::payload<detail::DynamicPayload>(d);
    CHECK(payload.contract.may_run == std::vector<std::string>{"build", "test"});
    CHECK(payload.contract.never == std::vector<std::string>{"deploy"});
    CHECK(payload.contract.at_most == 50);
    const AnyTerm built = look::call<AnyTerm>(d, {&one}, payload.closure);
    CHECK(look::payload<detail::Value>(built).as<int>() == 2);
    CHECK(counted.use_count() == 2);
  }
  CHECK(counted.use_count() == 1);
}

TEST_CASE("dynamic: promises nothing unless told", "[term][dynamic]") {
  const auto d = dynamic("hole", [](int n) { return constant(n); }, x);
  const auto& contract = look::payload<detail::DynamicPayload>(d).contract;
  CHECK(contract.may_run.empty());
  CHECK(contract.never.empty());
  CHECK_FALSE(contract.at_most.has_value());
}
