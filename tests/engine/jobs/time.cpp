// time.cpp - retries, timeouts and results that expire.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include <oche/testing/test_engine.hpp>

using namespace engine_tests;
using namespace oche::testing;
using namespace std::chrono_literals;

namespace {

const auto stubborn = step("stubborn", [](Job&) {}, {.retry = {.attempts = 3, .backoff = 1min}});
const auto hasty = step("hasty", [](Job&) {}, {.timeout = 1min});
const auto persistent = step(
    "persistent", [](Job& job, const std::string& name) { return play(job, name); },
    {.timeout = 1min, .retry = {.attempts = 3, .on = {FailureClass::timed_out}, .backoff = 2min}});
const auto spread =
    step("spread", [](Job& job, const std::string& name) { return play(job, name); },
         {.retry = {.attempts = 3, .backoff = 1min}});
const auto fresh = step("fresh", [](Job&) {}, {.valid_for = 1h});

}  // namespace

TEST_CASE("an error is tried again after a wait that doubles, and a late success shows as such",
          "[engine][semantics]") {
  TestEngine engine;
  const Evaluation run = engine.start(stubborn());
  engine.finish("stubborn", fails("no network", FailureClass::errored));
  CHECK(engine.state("stubborn") == State::ready);
  CHECK_FALSE(run.is_settled());
  engine.advance(1min - 1ns);
  CHECK(engine.attempts("stubborn") == 1);
  engine.advance(30s + 1ns);  // up to a half more, by chance
  CHECK(engine.attempts("stubborn") == 2);
  engine.finish("stubborn", fails("no network", FailureClass::errored));
  engine.advance(2min - 1ns);
  CHECK(engine.attempts("stubborn") == 2);
  engine.advance(1min + 1ns);
  engine.finish("stubborn");
  CHECK(run.outcome().is_ok());
  CHECK(run.is_settled());
  CHECK(engine.attempts("stubborn") == 3);
  const auto node = run.graph().find("stubborn");
  REQUIRE(node);
  CHECK(run.snapshot()->nodes[*node].retried);
}

TEST_CASE("an error that stays is tried no more often than it may be", "[engine][semantics]") {
  TestEngine engine;
  engine.script("stubborn", dies());
  const Evaluation run = engine.start(stubborn());
  engine.run();
  CHECK(run.outcome().is_failed());
  CHECK(engine.attempts("stubborn") == 3);
  CHECK(engine.elapsed() >= 3min);
  CHECK(engine.elapsed() <= 4min + 30s);
}

TEST_CASE("a red result is not tried again", "[engine][semantics]") {
  TestEngine engine;
  engine.script("stubborn", fails("one test failed"));
  const Evaluation run = engine.start(stubborn());
  CHECK(run.outcome().is_failed());
  CHECK(run.is_settled());
  engine.advance(24h);
  CHECK(engine.attempts("stubborn") == 1);
}

TEST_CASE("a function that takes too long is asked to stop and has timed out",
          "[engine][semantics]") {
  TestEngine engine;
  const Evaluation run = engine.start(hasty());
  engine.advance(1min - 1ns);
  CHECK(engine.running().size() == 1);
  engine.advance(1ns);
  REQUIRE(run.outcome().is_failed());
  const Failure failure = run.outcome().failure();
  CHECK(failure.kind == FailureClass::timed_out);
  CHECK(failure.what == "took longer than its timeout");
  CHECK(failure.where.find("time.cpp:") != std::string::npos);
}

TEST_CASE("a real function that takes too long is really asked to stop", "[engine][semantics]") {
  const auto looking =
      step("looking", [](Job& job, const std::string& name) { return play(job, name); },
           {.timeout = 1min});
  Stage stage;
  Engine engine(stage.timed());
  stage.board().hold("a");
  const Evaluation run = engine.start(looking("a"));
  stage.board().await_start("a");
  stage.clock->advance(1min);
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().kind == FailureClass::timed_out);
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
  TestEngine engine;
  const Evaluation run = engine.start(fresh());
  engine.finish("fresh");
  engine.advance(59min);
  CHECK(run.is_settled());
  CHECK(engine.attempts("fresh") == 1);
  engine.advance(1min);
  CHECK(engine.running().size() == 1);
  CHECK(run.outcome().is_ok());
  CHECK_FALSE(run.is_settled());
  engine.finish("fresh");
  CHECK(run.outcome().is_ok());
  engine.advance(1h);
  CHECK(engine.attempts("fresh") == 3);
}

TEST_CASE("a result that expired while no engine ran is not reused", "[engine][semantics]") {
  TestEngine engine;
  engine.script("fresh", succeeds());
  const auto pipeline = fresh();
  engine.start(pipeline);
  for (const int attempts : {1, 2}) {
    engine.restart();
    engine.clock()->advance(30min);
    engine.start(pipeline);
    CHECK(engine.attempts("fresh") == attempts);
  }
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
    const Evaluation run = engine.start(
        all(section("a", [] { return spread("a"); }), section("b", [] { return spread("b"); })));
    const auto is_waiting = [&] {
      return stage.board().started("a") == 1 && stage.board().started("b") == 1 &&
             state_at(run, "a/spread") == State::ready && state_at(run, "b/spread") == State::ready;
    };
    drive(engine, is_waiting);
    std::map<std::string, int> at;
    for (int second = 1; at.size() < names.size(); ++second) {
      REQUIRE(second <= 90);
      stage.clock->advance(1s);
      engine.advance();
      for (const std::string& name : names) {
        if (state_at(run, name + "/spread") != State::ready || stage.board().started(name) > 1)
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
