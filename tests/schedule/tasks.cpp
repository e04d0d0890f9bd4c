// tasks.cpp - what is to be done, and after what, in plain arrays.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/tasks.hpp>

#include "schedule/support.hpp"

#include <catch2/catch.hpp>

using namespace schedule_tests;

TEST_CASE("tasks: who needs whom, and turned round", "[schedule][tasks]") {
  Tasks tasks;
  CHECK(tasks.size() == 0);
  CHECK(tasks.work() == 0s);
  const TaskId later[] = {1, 2};
  tasks.add({.duration = 3s, .works = true}, later);
  tasks.add({.duration = 1s, .works = true}, {});
  const TaskId one[] = {1};
  tasks.add({.begin = Begin::after_any}, one);
  CHECK(tasks.size() == 3);
  CHECK(tasks.work() == 4s);
  CHECK_FALSE(tasks.has_choices());  // one need leaves no choice
  const Readers readers(tasks);
  CHECK(readers.of(0).empty());
  CHECK(std::vector(readers.of(1).begin(), readers.of(1).end()) == std::vector<TaskId>{0, 2});
  CHECK(std::vector(readers.of(2).begin(), readers.of(2).end()) == std::vector<TaskId>{0});
  tasks.add({.begin = Begin::after_any}, later);
  CHECK(tasks.has_choices());
}

TEST_CASE("tasks: every need has its reader, in random tasks", "[schedule][tasks]") {
  Chance chance(1);
  for (int round = 0; round < 500; ++round) {
    const auto plain = random_tasks(chance, {.most = 30, .choices = true});
    const Tasks tasks = tasks_of(plain);
    const Readers readers(tasks);
    std::size_t edges = 0;
    for (TaskId task = 0; task < tasks.size(); ++task) {
      const auto needs = tasks.needs(task);
      REQUIRE(std::vector(needs.begin(), needs.end()) == plain[task].needs);
      for (const TaskId reader : readers.of(task)) {
        const auto& of = plain[reader].needs;
        REQUIRE(std::find(of.begin(), of.end(), task) != of.end());
        ++edges;
      }
    }
    std::size_t expected = 0;
    for (const Plain& one : plain)
      expected += one.needs.size();
    REQUIRE(edges == expected);
  }
}
