// people.cpp - approving, cancelling and rebuilding.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

using namespace engine_tests;

namespace {
const auto deploy =
    step("deploy", [](Job& job, const std::string& name) { return play(job, name); },
         {.level = Level::dangerous});
}  // namespace

TEST_CASE(
    "approve waits for a person, keeps the word over a restart, and asks anew for a new value",
    "[engine][semantics]") {
  Stage stage;
  Var<std::string> image("image", "v1");
  const auto pipeline = work(approve("may it go out", image.term()));
  {
    Engine engine(stage.options());
    const Evaluation run = engine.start(pipeline);
    run.wait_until_settled();
    CHECK(run.counts().ran == 0);
    CHECK(run.outcome().is_active());
    CHECK_FALSE(engine.approve("nowhere", "ann"));
    CHECK(engine.approve("may it go out", "ann"));
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
    CHECK(stage.board().started("v1") == 1);
  }
  Engine engine(stage.options());
  const Evaluation run = engine.start(pipeline);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(run.counts().reused == 1);
  image.set("v2");
  run.wait_until_settled();
  CHECK(run.outcome().is_active());
  CHECK(stage.board().started("v2") == 0);
}

TEST_CASE("steps from a level on wait for a person", "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.ask_from = Level::above_average;
  {
    Engine engine(options);
    const Evaluation run = engine.start(all(deploy("site"), work("harmless")));
    run.wait_until_settled();
    CHECK(stage.board().started("site") == 0);
    CHECK(stage.board().started("harmless") == 1);
    CHECK(state_at(run, "deploy") == State::awaiting_approval);
    REQUIRE(engine.approve("deploy", "ann"));
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
    const auto again = engine.approve("deploy", "ann");
    REQUIRE_FALSE(again);
    CHECK(again.failure().what == "deploy does not wait for a person");
  }
  stage.board().answer("site", "x");
}

TEST_CASE("of those who want one key, the one who asks for most care decides",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.ask_from = Level::dangerous;
  const auto careless =
      step("deploy", [](Job& job, const std::string& name) { return play(job, name); },
           {.level = Level::harmless});
  Engine engine(options);
  const Evaluation run = engine.start(all({{"a", careless("site")}, {"b", deploy("site")}}));
  run.wait_until_settled();
  CHECK(stage.board().started("site") == 0);
  CHECK(run.outcome().is_active());
}

TEST_CASE("a person cancels what runs; it stays cancelled until rebuilt", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("a");
  const Evaluation run = engine.start(work("a"));
  stage.board().await_start("a");
  const auto named = engine.cancel("work");
  REQUIRE(named);
  CHECK(named.value() == std::vector<std::string>{"work"});
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().kind == FailureClass::cancelled);
  CHECK_FALSE(engine.cancel("work"));
  stage.board().let_go("a");
  REQUIRE(engine.rebuild("work"));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 2);
}

TEST_CASE("a command that never ends is cancelled") {
  Stage stage;
  Engine engine(stage.options());
  EventReader events = engine.events();
  const Evaluation run = engine.start(command({"sleep", "1000000"}));
  while (state_at(run, "command") != State::running) {
    if (!await(events, Event::What::started, "command")) break;
    REQUIRE(engine.cancel("command"));
    break;
  }
  if (state_at(run, "command") == State::running) (void)engine.cancel("command");
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().kind == FailureClass::cancelled);
}

TEST_CASE("rebuilding runs again, and sets off what follows only if the result differs",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().answer("a", "first");
  const auto inner = work("a");
  const Evaluation run = engine.start(section("outer", [&] { return work(inner); }));
  run.wait_until_settled();
  CHECK(run.counts().ran == 2);
  REQUIRE(engine.rebuild("work"));
  run.wait_until_settled();
  CHECK(stage.board().started("a") == 2);
  CHECK(stage.board().started("first") == 1);
  stage.board().answer("a", "second");
  REQUIRE(engine.rebuild("work"));
  run.wait_until_settled();
  CHECK(stage.board().started("a") == 3);
  CHECK(stage.board().started("second") == 1);
}

TEST_CASE("rebuilding what runs restarts it, and the first result is no result",
          "[engine][semantics]") {
  Stage stage;
  {
    Engine engine(stage.options());
    stage.board().hold("a", true);
    stage.board().answer("a", "old");
    const Evaluation run = engine.start(work("a"));
    stage.board().await_start("a");
    REQUIRE(engine.rebuild("work"));
    stage.board().let_go("a");
    run.wait_until_settled();
    CHECK(stage.board().started("a") == 2);
    CHECK(run.outcome().is_ok());
  }
}

TEST_CASE("rebuild_failed runs everything again that went wrong, and nothing else") {
  Stage stage;
  Engine engine(stage.options());
  const auto in = [](const char* name) { return section(name, [&] { return work(name); }); };
  stage.board().fail("red", Failure{"red"});
  stage.board().fail("broken", Failure{"broken", FailureClass::errored});
  const Evaluation run = engine.start(all(in("green"), in("red"), in("broken")));
  run.wait_until_settled();
  stage.board().succeed("red");
  stage.board().succeed("broken");
  const auto named = engine.rebuild_failed();
  REQUIRE(named);
  CHECK(named.value() == std::vector<std::string>{"broken/work", "red/work"});
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("green") == 1);
  CHECK(stage.board().started("red") == 2);
}

TEST_CASE("a command that is rebuilt runs again") {
  Stage stage;
  Engine engine(stage.options());
  const Evaluation run = engine.start(command({"true"}));
  run.wait_until_settled();
  CHECK(run.counts().ran == 1);
  REQUIRE(engine.rebuild("command"));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(run.counts().ran == 2);
}

TEST_CASE("an unknown path is refused with the nearest one") {
  Stage stage;
  Engine engine(stage.options());
  const Evaluation run = engine.start(work("a"));
  run.wait_until_settled();
  const auto named = engine.rebuild("wrok");
  REQUIRE_FALSE(named);
  CHECK(named.failure().what == "there is no \"wrok\" in the pipeline");
  CHECK(named.failure().hint == "did you mean \"work\"?");
}
