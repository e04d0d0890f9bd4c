// hello.cpp - what runs, what is reused, and what a change of results sets off.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

using namespace engine_tests;

TEST_CASE("a step runs once, and another engine on the same folder reuses its result",
          "[engine][semantics]") {
  Stage stage;
  for (int round = 0; round < 2; ++round) {
    Engine engine(stage.options());
    const Evaluation run = engine.start(work("hello"));
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
    CHECK(run.counts().ran == (round == 0 ? 1 : 0));
    CHECK(run.counts().reused == (round == 0 ? 0 : 1));
    CHECK(run.counts().steps == 1);
  }
  CHECK(stage.board().started("hello") == 1);
}

TEST_CASE("a changed argument, name or version is another key", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  const auto newer = step("work", [](Job& job, const std::string& name) { return play(job, name); },
                          {.version = 2});
  const auto renamed =
      step("toil", [](Job& job, const std::string& name) { return play(job, name); });
  const Evaluation run = engine.start(all(work("a"), work("b"), newer("a"), renamed("a")));
  run.wait_until_settled();
  CHECK(run.counts().ran == 4);
  CHECK(stage.board().started("a") == 3);
  CHECK(stage.board().started("b") == 1);
}

TEST_CASE("a red result is kept over a restart, an error is not", "[engine][semantics]") {
  Stage stage;
  stage.board().fail("red", Failure{"two tests failed"});
  stage.board().fail("broken", Failure{"no such machine", FailureClass::errored});
  for (int round = 0; round < 2; ++round) {
    Engine engine(stage.options());
    const auto once =
        step("once", [](Job& job, const std::string& name) { return play(job, name); });
    const Evaluation run = engine.start(all({{"red", once("red")}, {"broken", once("broken")}}));
    run.wait_until_settled();
    CHECK(run.outcome().is_failed());
    CHECK(run.counts().failed == 2);
    REQUIRE(run.failures().size() == 2);
    for (const Failure& failure : run.failures()) {
      CHECK(failure.where.find("hello.cpp:") != std::string::npos);
    }
  }
  CHECK(stage.board().started("red") == 1);
  CHECK(stage.board().started("broken") == 2);
}

TEST_CASE("a step whose result is what it was before sets nothing off", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> version("version", "one");
  stage.board().answer("one", "same");
  stage.board().answer("two", "same");
  const Evaluation run = engine.start(work(work(version.term())));
  run.wait_until_settled();
  CHECK(run.counts().ran == 2);
  version.set("two");
  run.wait_until_settled();
  CHECK(stage.board().started("two") == 1);
  CHECK(stage.board().started("same") == 1);
  CHECK(run.counts().ran == 3);
}

TEST_CASE("two nodes and two pipelines with one key share one attempt", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("shared");
  const auto named = [](const char* name) { return section(name, [] { return work("shared"); }); };
  const Evaluation first = engine.start(all(named("left"), named("right")));
  const Evaluation second = engine.start(work("shared"));
  stage.board().await_start("shared");
  stage.board().let_go("shared");
  first.wait_until_settled();
  second.wait_until_settled();
  CHECK(first.outcome().is_ok());
  CHECK(second.outcome().is_ok());
  CHECK(stage.board().started("shared") == 1);
}

TEST_CASE("nothing that follows a failure runs, and the failure is the outcome",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().fail("build", Failure{"does not compile"});
  const Evaluation run = engine.start(work(work("build")));
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().what == "does not compile");
  CHECK(run.counts().ran == 1);
}

TEST_CASE("a function that throws anything is a failure of its node and no more",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  const auto bad = step("bad", [](Job&, int what) -> int {
    if (what == 0) throw std::runtime_error("out of luck");
    if (what == 1) throw 17;
    throw Error(Failure{"said so", FailureClass::failed});
  });
  const Evaluation run = engine.start(all({{"a", bad(0)}, {"b", bad(1)}, {"c", bad(2)}}));
  run.wait_until_settled();
  REQUIRE(run.failures().size() == 3);
  CHECK(run.failures()[0].what == "out of luck");
  CHECK(run.failures()[1].what == "threw something that is no std::exception");
  CHECK(run.failures()[2].what == "said so");
  const Evaluation after = engine.start(work("alive"));
  after.wait_until_settled();
  CHECK(after.outcome().is_ok());
}

TEST_CASE("commands run, are reused, and their failures are kept") {
  Stage stage;
  for (int round = 0; round < 2; ++round) {
    Engine engine(stage.options());
    const Evaluation run =
        engine.start(all({{"good", command({"true"})}, {"bad", command({"sh", "-c", "exit 3"})}}));
    run.wait_until_settled();
    REQUIRE(run.failures().size() == 1);
    CHECK(run.failures()[0].what == "exit status 3");
    CHECK(run.failures()[0].kind == FailureClass::failed);
    CHECK(run.counts().ran == (round == 0 ? 2 : 0));
    CHECK(run.counts().reused == (round == 0 ? 0 : 2));
  }
}
