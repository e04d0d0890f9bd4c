// evaluations.cpp - several pipelines in one engine: each settles and ends by itself.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/inputs/feed.hpp"

using namespace engine_tests;

TEST_CASE("a pipeline settles whatever others of its engine do") {
  Stage stage;
  Engine engine(stage.options());
  stage.board().hold("slow");
  const Evaluation slow = engine.start(work("slow"));
  stage.board().await_start("slow");
  Var<std::string> input("input", "a");
  const Evaluation quick = engine.start(work(input.term()));
  quick.wait_until_settled();
  CHECK(quick.outcome().is_ok());
  CHECK(quick.snapshot()->settled);
  input.set("b");
  quick.wait_until_settled();
  CHECK(stage.board().started("b") == 1);
  CHECK_FALSE(slow.is_settled());
  CHECK_FALSE(slow.snapshot()->settled);
  stage.board().let_go("slow");
  slow.wait_until_settled();
  CHECK(slow.outcome().is_ok());
}

TEST_CASE("with the last handle everything ends that only that pipeline wanted") {
  Stage stage;
  Engine engine(stage.options());
  for (const char* name : {"own", "shared"})
    stage.board().hold(name);
  const auto feed = std::make_shared<Feed>();
  std::optional<Evaluation> one = engine.start(
      all({{"own", work("own")}, {"shared", work("shared")}, {"read", work(watched(feed))}}));
  std::optional<Evaluation> copy = one;
  const Evaluation two = engine.start(work("shared"));
  stage.board().await_start("own");
  stage.board().await_start("shared");
  stage.board().await_end("one");
  CHECK(feed->subscribers() == 1);
  one.reset();
  CHECK(copy->outcome().is_active());  // there is another handle
  EventReader events = engine.events();
  copy.reset();
  stage.board().await_end("own");  // it was cancelled
  feed->await_unsubscribed();
  stage.board().let_go("shared");
  two.wait_until_settled();
  CHECK(two.outcome().is_ok());
  CHECK(stage.board().started("shared") == 1);
  // Nothing of it is left: its path is nowhere.
  CHECK_FALSE(engine.cancel("own"));
}

TEST_CASE("pipelines with lists and holes come and go") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::vector<std::string>> names("names", {"a", "b"});
  for (int i = 0; i < 20; ++i) {
    const Evaluation run = engine.start(list_iter(names.term(), [](const Term<std::string>& name) {
      return dynamic("more", [](const std::string& text) { return work(text); }, name);
    }));
    names.set({"a", "b", "c" + std::to_string(i)});
    if (i % 3 != 0) run.wait_until_settled();
  }
  const Evaluation last = engine.start(work("a"));
  last.wait_until_settled();
  CHECK(last.outcome().is_ok());
  CHECK(stage.board().started("a") == 1);
}

TEST_CASE("a handle may be dropped while its engine goes") {
  Stage stage;
  std::optional<Evaluation> late;
  {
    Engine engine(stage.options());
    stage.board().hold("a");
    late = engine.start(work("a"));
    stage.board().await_start("a");
    const Evaluation other = engine.start(command({"true"}));
  }
  late.reset();
}
