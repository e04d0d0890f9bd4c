// cost.cpp - tests of what a run costs, and of what more machines would be worth.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/cost.hpp>

#include "graph/support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oche;
using oche::tests::work;

namespace {

/// Four steps side by side in a pool, and one that needs them all.
Facts four_in_a_lab() {
  std::vector<Term<int>> checks;
  for (const char* label : {"a", "b", "c", "d"})
    checks.push_back(
        work("check", {constant(1)}, {.label = label, .pool = "lab", .needs = {.cpus = 2}}));
  return Facts{Graph(work("last", {collect(checks)}))};
}

Assumptions ten_minutes_each() {
  return {.durations = {{"a", 10min}, {"b", 10min}, {"c", 10min}, {"d", 30min}, {"last", 6min}},
          .pools = {{"lab", {.cpus = 2}}}};
}

}  // namespace

TEST_CASE("cost: time of machines in each pool, and its price", "[analysis][cost]") {
  const Facts facts = four_in_a_lab();
  const Forecast forecast(facts, ten_minutes_each());
  const Cost cost = cost_of(facts, forecast, {.of_pool = {{"lab", 3.0}}, .other = 1.0});
  REQUIRE(cost.pools.size() == 2);
  CHECK(cost.pools[0] == PoolCost{"", 6min, 0.1});
  CHECK(cost.pools[1].pool == "lab");
  CHECK(cost.pools[1].cpu_time == 2h);
  CHECK(cost.pools[1].price == Approx(6.0));
  CHECK(cost.cpu_time == 2h + 6min);
  CHECK(cost.price == Approx(6.1));
  CHECK(forecast.steps()[cost.dearest.at(0)].path == "d");
  CHECK(forecast.steps()[cost.dearest.at(4)].path == "last");
  CHECK(to_text(cost, forecast).find("all" + std::string(22, ' ') + "2 h 6 min        6.10\n") !=
        std::string::npos);
  const auto json = nlohmann::json::parse(to_json(cost, forecast));
  CHECK(json.at("cpu_seconds") == 7560);
  CHECK(json.at("dearest").at(0).at("path") == "d");
}

TEST_CASE("cost: what does not run costs nothing", "[analysis][cost]") {
  const Facts facts = four_in_a_lab();
  Assumptions assumptions = ten_minutes_each();
  assumptions.reused = {"d"};
  assumptions.failing = {"a"};
  const Forecast forecast(facts, assumptions);
  const Cost cost = cost_of(facts, forecast);
  REQUIRE(cost.pools.size() == 1);
  CHECK(cost.pools[0] == PoolCost{"lab", 1h, 0});  // a, b and c, two CPUs each
  CHECK(cost.price == 0);
}

TEST_CASE("cost: one more slot, one more CPU", "[analysis][cost]") {
  const Facts facts = four_in_a_lab();
  Assumptions assumptions = ten_minutes_each();
  // The pool lets one in at a time: slots are worth nothing.
  std::vector<Worth> worth = worth_of_more(facts, assumptions, 2);
  REQUIRE(worth.size() == 2);
  CHECK(worth[0].pool.empty());
  CHECK(worth[0].sooner == 0s);
  CHECK(worth[1].pool == "lab");
  CHECK(worth[1].sooner == 0s);  // two more would let a second in, one does not
  assumptions.pools = {{"lab", {.cpus = 3}}};
  worth = worth_of_more(facts, assumptions, 2);
  CHECK(worth[1].sooner == 30min);  // 60 one after the other, 30 beside it
  assumptions.pools = {{"lab", {.cpus = 100}}};
  worth = worth_of_more(facts, assumptions, 1);
  CHECK(worth[0].sooner == 30min);
}
