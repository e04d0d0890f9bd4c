// terms.cpp - under which terms a job runs: levels, retries, validity, keeping what was (§3).
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

using namespace engine_tests;

namespace {

using Name = const std::string&;
const auto perilous = step("perilous", [](Job& job, Name name) { return play(job, name); },
                           {.level = Level::dangerous});
const auto twice = step(
    "twice", [](Job& job, Name name) { return play(job, name); },
    {.retry = {.attempts = 2, .on = {FailureClass::failed}, .backoff = std::chrono::minutes(1)}});
const auto hourly = step("valid", [](Job& job, Name name) { return play(job, name); },
                         {.valid_for = std::chrono::hours(1)});
const auto daily = step("valid", [](Job& job, Name name) { return play(job, name); },
                        {.valid_for = std::chrono::hours(24)});
const auto keeping = step("keeping", [](Job& job, Name name) { return play(job, name); },
                          {.valid_for = std::chrono::hours(1), .keep_old_while_running = true});
const auto replacing = step("replacing", [](Job& job, Name name) { return play(job, name); },
                            {.valid_for = std::chrono::hours(1)});

}  // namespace

TEST_CASE("semantics: level, an approval is bound to the key: another argument needs another one",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.ask_from = Level::dangerous;
  Var<std::string> site("site", "a");
  const auto pipeline = perilous(site.term());
  {
    Engine engine(options);
    const Evaluation run = engine.start(pipeline);
    run.wait_until_settled();
    REQUIRE(engine.approve("perilous", "ann"));
    run.wait_until_settled();
    CHECK(stage.board().started("a") == 1);
    site.set("b");
    run.wait_until_settled();
    CHECK(state_at(run, "perilous") == State::awaiting_approval);
    CHECK(stage.board().started("b") == 0);
    site.set("a");  // its result is there: nothing is to be approved
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
    site.set("b");
    run.wait_until_settled();
    stage.board().fail("b", Failure{"no network", FailureClass::errored});
    REQUIRE(engine.approve("perilous", "ann"));
    run.wait_until_settled();
    CHECK(run.outcome().is_failed());
  }
  stage.board().succeed("b");
  Engine engine(options);  // the word holds for the next start, too
  const Evaluation run = engine.start(pipeline);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("b") == 2);
}

TEST_CASE("semantics: level, the threshold can be changed while running, and lifts itself",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.timed();
  options.slots = 1;
  options.loop = Loop::host;
  Engine engine(options);
  stage.board().hold("busy");
  const Evaluation run = engine.start(all(section("busy", [] { return work("busy"); }),
                                          section("a", [] { return perilous("a"); }),
                                          section("b", [] { return work("b"); })));
  drive(engine, [&] { return stage.board().started("busy") == 1; });
  drive(engine, [&] { return state_at(run, "a/perilous") == State::ready; });
  // What waits for its turn has to wait for a person from now on, what runs does not.
  engine.ask_from(Level::above_average, std::chrono::hours(1));
  drive(engine, [&] { return state_at(run, "a/perilous") == State::awaiting_approval; });
  CHECK(state_at(run, "b/work") == State::ready);
  CHECK(state_at(run, "busy/work") == State::running);
  stage.board().let_go("busy");
  drive(engine, run);
  CHECK(state_at(run, "b/work") == State::ok);
  CHECK(stage.board().started("a") == 0);
  stage.clock->advance(std::chrono::minutes(59));
  drive(engine, run);
  CHECK(state_at(run, "a/perilous") == State::awaiting_approval);
  stage.clock->advance(std::chrono::minutes(1));  // as the options say again: nothing is asked
  drive(engine, [&] { return stage.board().started("a") == 1; });
  drive(engine, run);
  CHECK(run.outcome().is_ok());
}

TEST_CASE("semantics: level, a word that was given holds when the threshold comes down to it",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.ask_from = Level::dangerous;
  stage.board().fail("a", Failure{"no network", FailureClass::errored});
  {
    Engine engine(options);
    const Evaluation run = engine.start(perilous("a"));
    run.wait_until_settled();
    REQUIRE(engine.approve("perilous", "ann"));
    run.wait_until_settled();
    CHECK(stage.board().started("a") == 1);
  }
  stage.board().succeed("a");
  options.ask_from = std::nullopt;
  options.slots = 1;
  options.loop = Loop::host;
  Engine engine(options);
  engine.resize_slots(0);
  const Evaluation run = engine.start(perilous("a"));
  drive(engine, [&] { return state_at(run, "perilous") == State::ready; });
  for (int i = 0; i < 10; ++i)
    engine.advance();
  engine.ask_from(Level::harmless);
  engine.resize_slots(1);
  drive(engine, run);
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 2);
}

TEST_CASE("semantics: level, a result that is there is given without a person",
          "[engine][semantics]") {
  Stage stage;
  {
    Engine(stage.options()).start(perilous("a")).wait_until_settled();
  }
  EngineOptions options = stage.options();
  options.ask_from = Level::harmless;
  Engine engine(options);
  const Evaluation run = engine.start(perilous("a"));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 1);
}

TEST_CASE("semantics: retry, only after failures of the classes it names", "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.timed();
  options.loop = Loop::host;
  Engine engine(options);
  stage.board().fail("red", Failure{"red"});
  stage.board().fail("broken", Failure{"broken", FailureClass::errored});
  const Evaluation broken = engine.start(section("b", [] { return twice("broken"); }));
  drive(engine, broken);
  CHECK(stage.board().started("broken") == 1);
  const Evaluation red = engine.start(section("r", [] { return twice("red"); }));
  drive(engine, [&] {
    return state_at(red, "r/twice") == State::ready && !red.is_settled() &&
           stage.board().started("red") == 1;
  });
  stage.clock->advance(std::chrono::seconds(90));
  drive(engine, red);
  CHECK(red.outcome().is_failed());
  CHECK(stage.board().started("red") == 2);
}

TEST_CASE("semantics: valid_for, the earliest expiry among those who use a result wins",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.timed());
  const Evaluation patient = engine.start(section("patient", [] { return daily("a"); }));
  patient.wait_until_settled();
  stage.clock->advance(std::chrono::hours(2));
  patient.wait_until_settled();
  CHECK(stage.board().started("a") == 1);
  {
    const Evaluation hasty_one = engine.start(section("hasty", [] { return hourly("a"); }));
    hasty_one.wait_until_settled();
    CHECK(stage.board().started("a") == 2);  // it joined what was too old for it
    stage.clock->advance(std::chrono::hours(1));
    stage.board().await_start("a", 3);
    hasty_one.wait_until_settled();
    CHECK(hasty_one.outcome().is_ok());
  }
}

TEST_CASE("semantics: keep_old_while_running, the old outcome, good or bad, stays till the new one",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.timed();
  options.loop = Loop::host;
  Engine engine(options);
  for (const char* name : {"a", "b"})
    stage.board().fail(name, Failure{"red"});
  const Evaluation kept = engine.start(keeping("a"));
  const Evaluation replaced = engine.start(replacing("b"));
  drive(engine, [&] { return kept.is_settled() && replaced.is_settled(); });
  for (const char* name : {"a", "b"}) {
    stage.board().hold(name);
    stage.board().succeed(name);
  }
  stage.clock->advance(std::chrono::hours(1));
  drive(engine, [&] { return stage.board().started("a") + stage.board().started("b") == 4; });
  engine.advance();  // shows what the round that started them came to
  CHECK(kept.outcome().is_failed());
  CHECK(replaced.outcome().is_active());
  CHECK_FALSE(kept.is_settled());
  for (const char* name : {"a", "b"})
    stage.board().let_go(name);
  drive(engine, [&] { return kept.is_settled() && replaced.is_settled(); });
  CHECK(kept.outcome().is_ok());
  CHECK(replaced.outcome().is_ok());
}

TEST_CASE("semantics: keep_old_while_running, never across a new key or a manual rebuild",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.timed();
  options.loop = Loop::host;
  Engine engine(options);
  Var<std::string> input("input", "a");
  const Evaluation run = engine.start(keeping(input.term()));
  drive(engine, run);
  CHECK(run.outcome().is_ok());
  for (const char* name : {"a", "b"})
    stage.board().hold(name);
  input.set("b");
  drive(engine, [&] { return stage.board().started("b") == 1; });
  engine.advance();
  CHECK(run.outcome().is_active());
  input.set("a");
  stage.board().let_go("b");
  drive(engine, run);
  CHECK(run.outcome().is_ok());
  REQUIRE(engine.rebuild("keeping"));
  drive(engine, [&] { return stage.board().started("a") == 2; });
  engine.advance();
  CHECK(run.outcome().is_active());
  stage.board().let_go("a");
  drive(engine, run);
  CHECK(run.outcome().is_ok());
}
