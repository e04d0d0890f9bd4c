// paths.cpp - the longest path, slack and drag, beside models that try everything.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/paths.hpp>

#include "schedule/support.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace schedule_tests;

namespace {

struct Looked {
  explicit Looked(const std::vector<Plain>& plain)
      : tasks(tasks_of(plain)), readers(tasks), paths(tasks, readers) {}
  Tasks tasks;
  Readers readers;
  Paths paths;
};

Plain work(std::int64_t duration, std::vector<TaskId> needs) {
  Plain made;
  made.needs = std::move(needs);
  made.task.duration = Duration(duration);
  made.task.works = true;
  return made;
}

}  // namespace

TEST_CASE("paths: a diamond", "[schedule][paths]") {
  //   0 (1) -> 1 (5) -> 3 (1)
  //        \-> 2 (2) -/
  const Looked looked({work(1, {}), work(5, {0}), work(2, {0}), work(1, {1, 2})});
  const Paths& paths = looked.paths;
  CHECK(paths.span() == Duration(7));
  CHECK(paths.critical() == std::vector<TaskId>{0, 1, 3});
  CHECK(paths.drags(looked.tasks) == std::vector<Duration>{Duration(1), Duration(3), Duration(1)});
  CHECK(paths.slack(2) == Duration(3));
  CHECK(paths.slack(1) == Duration(0));
  CHECK(paths.begin(3) == Duration(6));
  CHECK(paths.remaining(2) == Duration(3));
}

TEST_CASE("paths: nothing, and tasks that need each other", "[schedule][paths]") {
  const Looked none({});
  CHECK(none.paths.span() == Duration(0));
  CHECK(none.paths.critical().empty());
  CHECK(none.paths.drags(none.tasks).empty());
  CHECK_THROWS_AS(Looked({work(1, {1}), work(1, {0})}), std::logic_error);
}

TEST_CASE("paths: equal to the models on random tasks", "[schedule][paths]") {
  Chance chance(2);
  int dragged = 0;
  for (int round = 0; round < 4000; ++round) {
    const auto plain = random_tasks(chance, {});
    const Looked looked(plain);
    const Paths& paths = looked.paths;
    const auto ends = model_ends(plain);
    const std::int64_t span = model_span(plain);
    REQUIRE(paths.span().count() == span);

    std::int64_t at = 0;
    for (const TaskId task : paths.critical()) {
      REQUIRE(paths.begin(task).count() == at);
      at += plain[task].task.duration.count();
    }
    REQUIRE(at == span);

    std::vector<Duration> expected(plain.size());
    const std::vector<Duration> drags = paths.drags(looked.tasks);
    for (std::size_t i = 0; i < drags.size(); ++i)
      expected[paths.critical()[i]] = drags[i];
    for (TaskId task = 0; task < plain.size(); ++task) {
      const Duration own = plain[task].task.duration;
      REQUIRE(paths.begin(task).count() == ends[task] - own.count());
      auto changed = plain;
      changed[task].task.duration = Duration{};
      REQUIRE(expected[task].count() == span - model_span(changed));
      if (expected[task] > Duration{}) ++dragged;
      changed[task].task.duration = own + paths.slack(task);
      REQUIRE(model_span(changed) == span);
      changed[task].task.duration += Duration(1);
      REQUIRE(model_span(changed) == span + 1);
    }
  }
  CHECK(dragged > 4000);
}

TEST_CASE("paths: choices take what ends first, even in circles", "[schedule][paths]") {
  Chance chance(3);
  int chosen = 0;
  for (int round = 0; round < 6000; ++round) {
    const auto plain = random_tasks(chance, {.choices = true});
    const auto ends = model_ends(plain);
    // A circle without a way in is refused.
    if (std::find(ends.begin(), ends.end(), never) != ends.end()) {
      REQUIRE_THROWS_AS(Looked(plain), std::logic_error);
      continue;
    }
    const Looked looked(plain);
    for (TaskId task = 0; task < plain.size(); ++task)
      REQUIRE(looked.paths.begin(task).count() == ends[task] - plain[task].task.duration.count());
    if (looked.tasks.has_choices()) ++chosen;
    REQUIRE(looked.paths.span().count() == model_span(plain));
    std::int64_t at = 0;
    for (const TaskId task : looked.paths.critical()) {
      REQUIRE(looked.paths.begin(task).count() == at);
      at += plain[task].task.duration.count();
    }
    const std::vector<Duration> drags = looked.paths.drags(looked.tasks);
    for (std::size_t i = 0; i < drags.size(); ++i) {
      auto changed = plain;
      changed[looked.paths.critical()[i]].task.duration = Duration{};
      REQUIRE(drags[i].count() <= looked.paths.span().count() - model_span(changed));
    }
  }
  CHECK(chosen > 1000);
}

TEST_CASE("paths: a chain and a fan of 200,000 with the default stack", "[schedule][paths]") {
  constexpr TaskId many = 200'000;
  std::vector<Plain> chain, fan;
  for (TaskId i = 0; i < many; ++i)
    chain.push_back(work(1, i == 0 ? std::vector<TaskId>{} : std::vector<TaskId>{i - 1}));
  const Looked long_one(chain);
  CHECK(long_one.paths.span().count() == many);
  CHECK(long_one.paths.drags(long_one.tasks).at(many / 2) == Duration(1));
  Plain last = work(1, {});
  for (TaskId i = 0; i < many; ++i) {
    fan.push_back(work(i == 7 ? 3 : 2, {}));
    last.needs.push_back(i);
  }
  fan.push_back(last);
  const Looked wide(fan);
  CHECK(wide.paths.critical() == std::vector<TaskId>{7, many});
  CHECK(wide.paths.drags(wide.tasks) == std::vector<Duration>{Duration(1), Duration(1)});
}
