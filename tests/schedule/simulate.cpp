// simulate.cpp - the virtual clock beside one that ticks, and the bounds that every finish keeps.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/simulate.hpp>

#include "schedule/support.hpp"
#include <oche/schedule/paths.hpp>

#include <catch2/catch.hpp>

using namespace schedule_tests;

namespace {

bool has_circle(const std::vector<Plain>& plain) {
  const auto ends = model_ends(plain);
  return std::find(ends.begin(), ends.end(), never) != ends.end();
}

void compare(const std::vector<Plain>& plain, const Machine& machine, bool longest_first) {
  const Tasks tasks = tasks_of(plain);
  const Readers readers(tasks);
  const Paths paths(tasks, readers);
  std::vector<Duration> remaining;
  if (longest_first) remaining.assign(paths.remaining().begin(), paths.remaining().end());
  const Timeline made = simulate(tasks, readers, machine, remaining);
  const Model model(plain, machine, remaining);
  REQUIRE(made.finish.count() == model.finish);
  for (TaskId task = 0; task < plain.size(); ++task) {
    INFO("task " << task);
    REQUIRE(made.begins[task].count() == model.begins[task]);
  }
  const Bounds kept = bounds(tasks, paths.span(), machine);
  REQUIRE(kept.least <= made.finish);
  REQUIRE(made.finish <= kept.most);
}

}  // namespace

TEST_CASE("simulate: equal to a clock that ticks, within the bounds", "[schedule][simulate]") {
  Chance chance(4);
  for (int round = 0; round < 3000; ++round) {
    const auto plain = random_tasks(chance, {});
    compare(plain, {.slots = 1 + chance.below(4)}, chance.one_in(2));
  }
}

TEST_CASE("simulate: the same with pools", "[schedule][simulate]") {
  Chance chance(5);
  for (int round = 0; round < 3000; ++round) {
    const auto plain = random_tasks(chance, {.pools = 3});
    compare(plain, {.slots = 1 + chance.below(5), .pools = {1 + chance.below(6), 3, 0}},
            chance.one_in(2));
  }
}

TEST_CASE("simulate: the same with ageing", "[schedule][simulate]") {
  Chance chance(8);
  for (int round = 0; round < 3000; ++round) {
    const auto plain = random_tasks(chance, {.most = 20, .pools = 1});
    compare(plain,
            {.slots = 1 + chance.below(2), .pools = {4}, .ageing = Duration(1 + chance.below(4))},
            chance.one_in(2));
  }
}

TEST_CASE("simulate: the same with choices", "[schedule][simulate]") {
  Chance chance(6);
  int compared = 0;
  for (int round = 0; round < 4000; ++round) {
    const auto plain = random_tasks(chance, {.choices = true});
    if (has_circle(plain)) continue;
    compare(plain, {.slots = 1 + chance.below(3)}, chance.one_in(2));
    ++compared;
  }
  CHECK(compared > 2000);
}

TEST_CASE("simulate: with slots for all it is the span; with one the work",
          "[schedule][simulate]") {
  Chance chance(7);
  for (int round = 0; round < 2000; ++round) {
    const auto plain = random_tasks(chance, {.most = 40, .longest = 1000});
    const Tasks tasks = tasks_of(plain);
    const Readers readers(tasks);
    const Paths paths(tasks, readers);
    REQUIRE(simulate(tasks, readers, {.slots = 1000}, {}).finish == paths.span());
    REQUIRE(simulate(tasks, readers, {.slots = 1}, {}).finish == tasks.work());
    const Bounds one = bounds(tasks, paths.span(), {.slots = 1});
    REQUIRE(one.least == tasks.work());
    REQUIRE(one.most == tasks.work());
  }
}

TEST_CASE("simulate: the longest path first ends sooner here", "[schedule][simulate]") {
  // Three short ones, and the head of a chain that was added last.
  std::vector<Plain> plain(5);
  for (TaskId i = 0; i < 5; ++i) {
    plain[i].task.works = true;
    plain[i].task.duration = Duration(i < 3 ? 2 : 3);
  }
  plain[4].needs = {3};
  const Tasks tasks = tasks_of(plain);
  const Readers readers(tasks);
  const Paths paths(tasks, readers);
  CHECK(simulate(tasks, readers, {.slots = 2}, {}).finish == Duration(8));
  const Timeline best = simulate(tasks, readers, {.slots = 2}, paths.remaining());
  CHECK(best.finish == Duration(6));
  CHECK(best.started == std::vector<TaskId>{3, 0, 1, 4, 2});
  CHECK(best.busiest == 2);
}

TEST_CASE("simulate: a full pool holds nobody else back", "[schedule][simulate]") {
  std::vector<Plain> plain(3);
  for (Plain& one : plain) {
    one.task.works = true;
    one.task.duration = Duration(10);
  }
  plain[0].takes = plain[1].takes = {{0, 5000}};  // more than there is: all of it
  const Tasks tasks = tasks_of(plain);
  const Timeline made = simulate(tasks, Readers(tasks), {.slots = 3, .pools = {1000}}, {});
  CHECK(made.begins == std::vector<Duration>{Duration(0), Duration(10), Duration(0)});
  CHECK(bounds(tasks, Duration(10), {.slots = 3, .pools = {1000}}).least >= Duration(19));
}
