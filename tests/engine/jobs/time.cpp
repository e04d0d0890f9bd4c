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
const auto persistent = step(
    "persistent", [](Job& job, const std::string& name) { return play(job, name); },
    {.timeout = 1min, .retry = {.attempts = 3, .on = {FailureClass::timed_out}, .backoff = 2min}});
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
  stage.clock->advance(90s);  // a minute, and up to a half more
  stage.board().await_end("a", 2);
  await(events, Event::What::finished, "stubborn");
  stage.board().succeed("a");
  while (state_at(run, "stubborn") != State::ready)
    stage.clock->advance(0s);
  stage.clock->advance(119s);
  CHECK(stage.board().started("a") == 2);
  stage.clock->advance(61s);
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

TEST_CASE("semantics: timeout, each attempt has its own, and the last one's failure stands",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.timed();
  options.loop = Loop::host;
  Engine engine(options);
  stage.board().hold("a");
  const Evaluation run = engine.start(persistent("a"));
  for (int attempt = 1; attempt <= 3; ++attempt) {
    drive(engine, [&] {
      return stage.board().started("a") == attempt && state_at(run, "persistent") == State::running;
    });
    stage.clock->advance(59s);
    for (int i = 0; i < 10; ++i)
      engine.advance();
    CHECK(state_at(run, "persistent") == State::running);
    stage.clock->advance(1s);
    if (attempt == 3) break;
    drive(engine, [&] { return state_at(run, "persistent") == State::ready; });
    stage.clock->advance(attempt * 3min);
  }
  drive(engine, run);
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().kind == FailureClass::timed_out);
  CHECK(stage.board().started("a") == 3);
}

TEST_CASE("semantics: retry, waits are spread by chance, and the same for the same seed",
          "[engine][semantics]") {
  // When each of the two is tried again, in seconds.
  const auto waits = [](std::uint64_t seed) {
    Stage stage;
    EngineOptions options = stage.timed();
    options.loop = Loop::host;
    options.seed = seed;
    Engine engine(options);
    const std::vector<std::string> names = {"a", "b"};
    for (const std::string& name : names)
      stage.board().fail(name, Failure{"no network", FailureClass::errored});
    const Evaluation run = engine.start(all(section("a", [] { return stubborn("a"); }),
                                            section("b", [] { return stubborn("b"); })));
    const auto is_waiting = [&] {
      return stage.board().started("a") == 1 && stage.board().started("b") == 1 &&
             state_at(run, "a/stubborn") == State::ready &&
             state_at(run, "b/stubborn") == State::ready;
    };
    drive(engine, is_waiting);
    std::map<std::string, int> at;
    for (int second = 1; at.size() < names.size(); ++second) {
      REQUIRE(second <= 90);
      stage.clock->advance(1s);
      engine.advance();
      for (const std::string& name : names) {
        if (state_at(run, name + "/stubborn") != State::ready || stage.board().started(name) > 1)
          at.emplace(name, second);
      }
    }
    for (const auto& [name, second] : at)
      CHECK(second >= 60);
    return at;
  };
  const auto once = waits(4);
  CHECK(waits(4) == once);
  CHECK(waits(5) != once);
}
