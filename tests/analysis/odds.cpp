// odds.cpp - tests of chances, beside what can be computed by hand.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/odds.hpp>

#include "graph/support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace oche;
using oche::tests::Chance;
using oche::tests::work;

namespace {

/// Two checks that do not need each other, and a deploy behind both.
Facts two_checks() {
  const auto unit = work("unit", {});
  const auto lint = work("lint", {});
  return Facts{Graph(work("deploy", {gate(constant(1), on(unit, lint))}))};
}

const Assumptions durations{.durations = {{"unit", 10min}, {"lint", 1min}, {"deploy", 2min}}};

}  // namespace

TEST_CASE("odds: of independent steps the chances multiply", "[analysis][odds]") {
  const Past past = {{"unit", {.succeeded = 8, .failed = 2}},
                     {"lint", {.succeeded = 9, .failed = 1}},
                     {"deploy", {.succeeded = 5}}};
  const Odds odds = odds_of(two_checks(), durations, past, {.slots = 2, .trials = 4'000});
  CHECK(odds.green.value == Approx(0.72).margin(0.03));
  CHECK(odds.green.least < 0.72);
  CHECK(odds.green.most > 0.72);
  CHECK(odds.attempts == Approx(1 / 0.72).epsilon(0.05));
  CHECK(odds.median == 12min);  // the unit tests, then the deploy
  CHECK(odds.nine_of_ten == 12min);
  // Of 28 in 100 that fail: 10 of lint after 1 minute, the others after 10.
  CHECK(std::chrono::duration<double>(odds.first_failure).count() / 60 ==
        Approx((0.1 * 1 + 0.9 * 0.2 * 10) / 0.28).epsilon(0.05));
  REQUIRE(odds.order.size() == 2);
  CHECK(odds.order[0].fails == Approx(0.1));  // lint: a tenth, but of a minute
  CHECK(odds.order[1].takes == 10min);
  CHECK(odds_of(two_checks(), durations, past, {.trials = 50}).green.value ==
        odds_of(two_checks(), durations, past, {.trials = 50}).green.value);
  const std::vector<std::string>& unseen = odds.unseen;
  CHECK(std::count(unseen.begin(), unseen.end(),
                   "steps are taken to fail independently of each other") == 1);
}

TEST_CASE("odds: a failure that is passed over is no failure", "[analysis][odds]") {
  const auto slow = work("slow", {});
  const Facts facts{Graph(work("deploy", {gate(constant(1), on(advisory(slow)))}))};
  const Past past = {{"slow", {.succeeded = 1, .failed = 1}}, {"deploy", {.succeeded = 1}}};
  const Odds odds = odds_of(facts, {}, past, {.trials = 200});
  CHECK(odds.green.value == 1);
  CHECK(odds.attempts == 1);
  CHECK(odds.first_failure == 0s);
}

TEST_CASE("odds: durations are those of the past", "[analysis][odds]") {
  const Facts facts{Graph(work("test", {}))};
  StepPast past{.succeeded = 100};
  for (int i = 1; i <= 100; ++i)
    past.took.push_back(std::chrono::minutes(i));
  const Odds odds = odds_of(facts, {}, {{"test", past}}, {.trials = 4'000});
  CHECK(std::chrono::duration<double>(odds.median).count() / 60 == Approx(50).margin(4));
  CHECK(std::chrono::duration<double>(odds.nine_of_ten).count() / 60 == Approx(90).margin(3));
}

TEST_CASE("odds: what has only failed never ends well", "[analysis][odds]") {
  const Facts facts{Graph(work("test", {}))};
  const Odds odds = odds_of(facts, {}, {{"test", {.failed = 3}}}, {.trials = 20});
  CHECK(odds.green.value == 0);
  CHECK(std::isinf(odds.attempts));
  const Forecast forecast(facts);
  CHECK(to_text(odds, forecast).find("attempts") == std::string::npos);
  CHECK(nlohmann::json::parse(to_json(odds, forecast)).at("attempts").is_null());
}

TEST_CASE("odds: no other order of independent checks fails sooner", "[analysis][odds]") {
  // One after the other until the first has failed: how long on average, tried for every order.
  const auto expected = [](const std::vector<FailingStep>& steps) {
    double all_fine = 1;
    double time = 0;
    for (const FailingStep& step : steps) {
      time += all_fine * static_cast<double>(step.takes.count());
      all_fine *= 1 - step.fails;
    }
    return time;
  };
  Chance chance(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<FailingStep> steps;
    for (std::uint32_t i = 0; i < 5; ++i)
      steps.push_back({i, static_cast<double>(chance.below(10)) / 10,
                       std::chrono::seconds(1 + chance.below(100))});
    std::vector<FailingStep> sorted = steps;
    sort_to_fail_soonest(sorted);
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    double best = expected(steps);
    do {
      std::vector<FailingStep> other;
      for (const std::size_t i : order)
        other.push_back(steps[i]);
      best = std::min(best, expected(other));
    } while (std::next_permutation(order.begin(), order.end()));
    CHECK(expected(sorted) == Approx(best));
  }
}
