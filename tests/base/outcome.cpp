// outcome.cpp - results and outcomes.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/outcome.hpp>

#include "samples.hpp"
#include <oche/base/format.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace oche;

TEST_CASE("result: a value or a failure", "[base][outcome]") {
  const Result<int> good = 3;
  CHECK(good.is_ok());
  CHECK(good.value() == 3);
  const Result<int> bad = Failure{"no"};
  CHECK(bad.is_failed());
  CHECK(bad.failure().what == "no");
  CHECK_FALSE(bad);
  CHECK_THROWS_AS(bad.value(), Error);
  CHECK(Result<>{}.is_ok());
  CHECK(good == Result<int>(3));
  Result<std::string> text = std::string("moved");
  CHECK(std::move(text).value() == "moved");
}

TEST_CASE("outcome: one of ok, active, failed, skipped", "[base][outcome]") {
  const auto states = [](const Outcome<int>& o) {
    return std::string(o.is_ok() ? "k" : "") + (o.is_active() ? "a" : "") +
           (o.is_failed() ? "f" : "") + (o.is_skipped() ? "s" : "") + (o.is_stale() ? "o" : "");
  };
  CHECK(states(3) == "k");
  CHECK(states(Phase::running) == "a");
  CHECK(states(Failure{"no"}) == "f");
  CHECK(states(Skipped{"not main"}) == "s");
  CHECK(states(Stale<int>{3, "no network"}) == "ko");
  CHECK(Outcome<int>().phase() == Phase::ready);
  CHECK(Outcome<int>(Stale<int>{3, "no network", Time{}}).value() == 3);
  CHECK(Outcome<int>(Stale<int>{3, "no network", Time{}}).reason() == "no network");
  CHECK(Outcome<int>(Skipped{"not main"}).reason() == "not main");
  CHECK(Outcome<int>(3).reason().empty());
}

TEST_CASE("outcome: is a record", "[base][outcome]") {
  const Outcome<samples::Wheel> all[] = {
      samples::Wheel{"w", {}}, Phase::awaiting_approval,
      Failure{"no", FailureClass::timed_out, {{"after", "3 s"}}, "wait", "a.cpp:1"},
      Skipped{"not main"},
      Stale<samples::Wheel>{{"w", {}}, "no network", Time(std::chrono::seconds(1))}};
  for (const Outcome<samples::Wheel>& outcome : all) {
    CHECK(equal(decode<Outcome<samples::Wheel>>(encode(outcome)).value(), outcome));
    CHECK(equal(from_json<Outcome<samples::Wheel>>(to_json(outcome)).value(), outcome));
    for (const Outcome<samples::Wheel>& other : all)
      CHECK(equal(outcome, other) == (&outcome == &other));
  }
}

TEST_CASE("format: fmt prints records", "[base][outcome]") {
  CHECK(fmt::format("<{}>", samples::Wheel{"a", {"b", "c"}}) ==
        "<{package: a, archive: {name: b, digest: c}}>");
  CHECK(fmt::format("{:>8}", Tree{"x"}) == " {id: x}");
  CHECK(fmt::format("{}", Result<int>(3)) == "ok 3");
}
