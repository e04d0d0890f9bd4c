// sharing.cpp - one key at several places: one job, found by each of its paths.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include <oche/engine/state_folder.hpp>

using namespace engine_tests;

namespace {

Term<std::string> placed(const char* place, const char* argument) {
  return section(place, [&] { return work(argument); });
}
const std::vector<std::string> both_places = {"one/work", "two/work"};

}  // namespace

TEST_CASE("semantics: same key, the job is found by each of its paths, running and ended",
          "[engine][semantics]") {
  Stage stage;
  stage.board().hold("a");
  {
    Engine engine(stage.options());
    EventReader events = engine.events();
    const Evaluation run = engine.start(all(placed("one", "a"), placed("two", "a")));
    while (const auto event = events.wait()) {
      if (event->what == Event::What::started) break;
    }
    const auto folder = StateFolder::open(stage.options().state);
    REQUIRE(folder);
    for (const std::string& path : both_places) {
      const auto running = folder.value().newest(path);
      REQUIRE(running);
      CHECK(running.value().state == State::running);
    }
    stage.board().let_go("a");
    run.wait_until_settled();
    CHECK(stage.board().started("a") == 1);
    for (const std::string& path : both_places) {
      const auto ended = folder.value().newest(path);
      REQUIRE(ended);
      CHECK(ended.value().state == State::ok);
      CHECK(ended.value().log == folder.value().newest("one/work").value().log);
    }
  }
  // Reused at a path that has never seen it, by another program.
  {
    Engine engine(stage.options());
    engine.start(placed("three", "a")).wait_until_settled();
  }
  const auto folder = StateFolder::open(stage.options().state);
  REQUIRE(folder);
  const auto reused = folder.value().newest("three/work");
  REQUIRE(reused);
  CHECK(reused.value().state == State::ok);
  REQUIRE(StateFolder::rebuild(stage.options().state, {"three/work"}));
  Engine engine(stage.options());
  engine.start(placed("one", "a")).wait_until_settled();
  CHECK(stage.board().started("a") == 2);
}

TEST_CASE("semantics: same key, who joins late finds the job, too", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("a");
  const Evaluation first = engine.start(placed("one", "a"));
  stage.board().await_start("a");
  const Evaluation second = engine.start(placed("two", "a"));
  stage.board().let_go("a");
  second.wait_until_settled();
  const Evaluation third = engine.start(placed("three", "a"));
  third.wait_until_settled();
  CHECK(stage.board().started("a") == 1);
  const auto folder = StateFolder::open(stage.options().state);
  REQUIRE(folder);
  for (const char* path : {"one/work", "two/work"}) {
    INFO(path);
    CHECK(folder.value().newest(path));
  }
}

TEST_CASE("semantics: cancel and rebuild act on the key and name every node that shares it",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("a");
  const Evaluation run = engine.start(all(placed("one", "a"), placed("two", "a")));
  stage.board().await_start("a");
  const auto cancelled = engine.cancel("two/work");
  REQUIRE(cancelled);
  CHECK(cancelled.value() == both_places);
  run.wait_until_settled();
  CHECK(state_at(run, "one/work") == State::cancelled);
  CHECK(state_at(run, "two/work") == State::cancelled);
  stage.board().let_go("a");
  const auto rebuilt = engine.rebuild("one/work");
  REQUIRE(rebuilt);
  CHECK(rebuilt.value() == both_places);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 2);
}
