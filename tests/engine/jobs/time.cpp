// time.cpp - retries, timeouts and results that expire.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

#include <thread>

using namespace engine_tests;
using namespace std::chrono_literals;

namespace {

const auto stubborn =
    step("stubborn", [](Job& job, const std::string& name) { return play(job, name); },
         {.retry = {.attempts = 3, .backoff = 1min}});
const auto hasty = step("hasty", [](Job& job, const std::string& name) { return play(job, name); },
                        {.timeout = 1min});
const auto fresh = step("fresh", [](Job& job, const std::string& name) { return play(job, name); },
                        {.valid_for = 1h});

}  // namespace

TEST_CASE("an error is tried again after a wait that doubles, and a late success shows as such",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.timed());
  stage.board().fail("a", Failure{"no network", FailureClass::errored});
  EventReader events = engine.events();
  const Evaluation run = engine.start(stubborn("a"));
  // Not before its time: the clock stands still until we move it.
  await(events, Event::What::finished, "stubborn");
  while (state_at(run, "stubborn") != State::ready)
    std::this_thread::yield();
  CHECK(stage.board().started("a") == 1);
  CHECK_FALSE(run.is_settled());
  stage.clock->advance(1min);
  stage.board().await_end("a", 2);
  await(events, Event::What::finished, "stubborn");
  stage.board().succeed("a");
  while (state_at(run, "stubborn") != State::ready)
    stage.clock->advance(0s);
  stage.clock->advance(1min);
  CHECK(stage.board().started("a") == 2);
  stage.clock->advance(1min);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 3);
  const auto node = run.graph().find("stubborn");
  REQUIRE(node);
  CHECK(run.snapshot()->nodes[*node].retried);
}

TEST_CASE("a red result is not tried again", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.timed());
  stage.board().fail("a", Failure{"one test failed"});
  const Evaluation run = engine.start(stubborn("a"));
  run.wait_until_settled();
  CHECK(run.outcome().is_failed());
  CHECK(stage.board().started("a") == 1);
}

TEST_CASE("a function that takes too long is asked to stop and has timed out",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.timed());
  stage.board().hold("a");
  const Evaluation run = engine.start(hasty("a"));
  stage.board().await_start("a");
  stage.clock->advance(1min);
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  const Failure failure = run.outcome().failure();
  CHECK(failure.kind == FailureClass::timed_out);
  CHECK(failure.what == "took longer than its timeout");
  CHECK(failure.where.find("time.cpp:") != std::string::npos);
}

TEST_CASE("a command that takes too long has timed out", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  detail::CommandSpec spec;
  spec.timeout = 50ms;
  const Evaluation run = engine.start(command({"sleep", "1000000"}, spec));
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().kind == FailureClass::timed_out);
}

TEST_CASE("a result that has expired is refreshed, and shown stale meanwhile",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.timed());
  const Evaluation run = engine.start(fresh("a"));
  run.wait_until_settled();
  CHECK(stage.board().started("a") == 1);
  stage.board().hold("a");
  stage.clock->advance(59min);
  run.wait_until_settled();
  CHECK(stage.board().started("a") == 1);
  stage.clock->advance(1min);
  stage.board().await_start("a", 2);
  CHECK(run.outcome().is_ok());
  CHECK_FALSE(run.is_settled());
  stage.board().let_go("a");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  stage.clock->advance(1h);
  run.wait_until_settled();
  CHECK(stage.board().started("a") == 3);
}

TEST_CASE("a result that expired while no engine ran is not reused", "[engine][semantics]") {
  Stage stage;
  {
    Engine engine(stage.timed());
    engine.start(fresh("a")).wait_until_settled();
  }
  stage.clock->advance(30min);
  {
    Engine engine(stage.timed());
    engine.start(fresh("a")).wait_until_settled();
    CHECK(stage.board().started("a") == 1);
  }
  stage.clock->advance(30min);
  Engine engine(stage.timed());
  engine.start(fresh("a")).wait_until_settled();
  CHECK(stage.board().started("a") == 2);
}
