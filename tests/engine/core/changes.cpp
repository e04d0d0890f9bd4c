// changes.cpp - inputs that change while something runs.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

using namespace engine_tests;

namespace {
const auto patient =
    step("patient", [](Job& job, const std::string& name) { return play(job, name); },
         {.cancel_when_unwanted = false});
}  // namespace

TEST_CASE("what nobody wants any more is cancelled", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("a");
  Var<std::string> input("input", "a");
  const Evaluation run = engine.start(work(input.term()));
  stage.board().await_start("a");
  input.set("b");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  stage.board().let_go("a");
  input.set("a");
  run.wait_until_settled();
  CHECK(stage.board().started("a") == 2);  // it was cancelled, so there was no result
}

TEST_CASE("a step that may not be cancelled goes on, and its result is stored",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("a");
  Var<std::string> input("input", "a");
  const Evaluation run = engine.start(patient(input.term()));
  stage.board().await_start("a");
  input.set("b");
  stage.board().await_end("b");
  stage.board().let_go("a");
  run.wait_until_settled();
  input.set("a");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 1);
}

TEST_CASE("wanted again before it ended, a running step is kept", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("a");
  stage.board().hold("b");
  Var<std::string> input("input", "a");
  const Evaluation run = engine.start(patient(input.term()));
  stage.board().await_start("a");
  input.set("b");
  stage.board().await_start("b");
  input.set("a");
  stage.board().let_go("a");
  stage.board().let_go("b");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 1);
}

TEST_CASE("cancelled and wanted again before it ended: it is restarted once",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("a", true);  // it takes no notice of being cancelled until it is let go
  stage.board().give_up("a");
  Var<std::string> input("input", "a");
  const Evaluation run = engine.start(work(input.term()));
  stage.board().await_start("a");
  input.set("b");
  stage.board().await_end("b");
  input.set("a");
  stage.board().let_go("a");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 2);
}

TEST_CASE("while its input is looked at again, a running step goes on", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> input("input", "1");
  stage.board().answer("1", "same");
  stage.board().answer("2", "same");
  stage.board().hold("same");
  stage.board().hold("2");
  const Evaluation run = engine.start(work(work(input.term())));
  stage.board().await_start("same");
  input.set("2");
  stage.board().await_start("2");
  stage.board().let_go("2");
  stage.board().let_go("same");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("same") == 1);
}

TEST_CASE("waiting for it to settle right after a change waits for what the change sets off") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> input("input", "0");
  const Evaluation run = engine.start(work(input.term()));
  run.wait_until_settled();
  for (int i = 1; i <= 20; ++i) {
    input.set(std::to_string(i));
    run.wait_until_settled();
    REQUIRE(stage.board().started(std::to_string(i)) == 1);
    REQUIRE(run.outcome().is_ok());
  }
}
