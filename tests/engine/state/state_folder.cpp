// state_folder.cpp - what a state folder tells, and what can be done to it while nobody runs on it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/state_folder.hpp>

#include "engine/core/support.hpp"

using namespace engine_tests;

TEST_CASE("a state folder tells what ran, while it runs and afterwards") {
  Stage stage;
  stage.board().hold("a");
  Engine engine(stage.options());
  const Evaluation run = engine.start(work("a"));
  EventReader events = engine.events();
  stage.board().await_start("a");
  const auto folder = StateFolder::open(stage.options().state);
  REQUIRE(folder);
  stage.board().let_go("a");
  run.wait_until_settled();
  const auto newest = folder.value().newest("work");
  REQUIRE(newest);
  CHECK(newest.value().state == State::ok);
  CHECK(state_tests::content_of(newest.value().log).find("step work") != std::string::npos);
  CHECK(folder.value().running().value().empty());
  // How long it had its slot, which is no shorter than what it did there.
  CHECK(folder.value().usual_durations().at("work") >= newest.value().duration);
  const auto unknown = folder.value().newest("wrok");
  REQUIRE_FALSE(unknown);
  CHECK(render(unknown.failure()).find("work") != std::string::npos);
}

TEST_CASE("a state folder knows how long it takes until the first step begins") {
  Stage stage;
  const auto start_up = [&] {
    return StateFolder::open(stage.timed().state).value().usual_start_up();
  };
  const auto run_after = [&](Duration reading, const char* says) {
    const auto read = [&stage, reading, says]() -> Result<std::string> {
      stage.clock->advance(reading);
      return std::string(says);
    };
    const auto slow = watch<std::string>(
        "slow", read, [](std::function<void()>) { return std::function<void()>([] {}); });
    Engine engine(stage.timed());
    const Evaluation run = engine.start(work(slow));
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
    // Whatever begins later has not waited for the start.
    stage.clock->advance(1h);
    const Evaluation more = engine.start(work("more"));
    more.wait_until_settled();
  };
  run_after(9s, "one");
  CHECK(start_up() > 0s);
  run_after(3s, "two");
  CHECK(start_up() == 3s);
  run_after(5s, "two");  // nothing runs: nothing was waited for
  CHECK(start_up() == 3s);
}

TEST_CASE("rebuilding in a folder that nobody runs on makes the next run do it again") {
  Stage stage;
  {
    Engine(stage.options()).start(work("a")).wait_until_settled();
  }
  REQUIRE(StateFolder::rebuild(stage.options().state, {"work"}));
  {
    Engine(stage.options()).start(work("a")).wait_until_settled();
  }
  CHECK(stage.board().started("a") == 2);
}

TEST_CASE("rebuilding what failed leaves what succeeded alone") {
  Stage stage;
  const auto pipeline =
      all(section("good", [] { return work("good"); }), section("red", [] { return work("red"); }));
  stage.board().fail("red", Failure{"red"});
  {
    Engine(stage.options()).start(pipeline).wait_until_settled();
  }
  stage.board().succeed("red");
  const auto named = StateFolder::rebuild_failed(stage.options().state);
  REQUIRE(named);
  CHECK(named.value() == std::vector<std::string>{"red/work"});
  Engine engine(stage.options());
  const Evaluation run = engine.start(pipeline);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("good") == 1);
}

TEST_CASE("a folder that an engine runs on is not changed behind its back") {
  Stage stage;
  Engine engine(stage.options());
  engine.start(work("a")).wait_until_settled();
  const auto refused = StateFolder::rebuild(stage.options().state, {"work"});
  REQUIRE_FALSE(refused);
  CHECK(render(refused.failure()).find("in use") != std::string::npos);
}
