// questions.cpp - persons are told what waits for them, and find it by its path.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

using namespace engine_tests;

namespace {

/// The events that are there, of one kind, by path.
std::vector<std::string> paths_of(EventReader& events, Event::What what) {
  std::vector<std::string> paths;
  while (const std::optional<Event> event = events.next()) {
    if (event->what == what) paths.push_back(event->path);
  }
  return paths;
}
using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("semantics: approve, that a value waits for a person is told once",
          "[engine][semantics]") {
  Stage stage;
  Var<std::string> image("image", "v1");
  Var<std::string> other("other", "1");
  Engine engine(stage.options());
  EventReader events = engine.events();
  const Evaluation run =
      engine.start(all(work(approve("may it go out", image.term())), work(other.term())));
  run.wait_until_settled();
  CHECK(paths_of(events, Event::What::waiting) == Paths{"may it go out"});
  other.set("2");
  run.wait_until_settled();
  CHECK(paths_of(events, Event::What::waiting).empty());
  REQUIRE(engine.approve("may it go out", "ann"));
  run.wait_until_settled();
  CHECK(paths_of(events, Event::What::waiting).empty());
  image.set("v2");
  run.wait_until_settled();
  CHECK(paths_of(events, Event::What::waiting) == Paths{"may it go out"});
}

TEST_CASE("semantics: approve, each item of a list is told of by its own path",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  EventReader events = engine.events();
  const auto regions = constant(std::vector<std::string>{"east", "west"}, "regions");
  const Evaluation run = engine.start(list_iter(
      regions, [](const Term<std::string>& region) { return work(approve("go", region)); }));
  run.wait_until_settled();
  auto told = paths_of(events, Event::What::waiting);
  std::sort(told.begin(), told.end());
  CHECK(told == Paths{"regions/east/go", "regions/west/go"});
  REQUIRE(engine.approve("regions/west/go", "ann"));
  run.wait_until_settled();
  CHECK(stage.board().started("west") == 1);
  CHECK(stage.board().started("east") == 0);
}

TEST_CASE("an unknown path is answered with the nearest, whatever was to be done") {
  Stage stage;
  Engine engine(stage.options());
  const Evaluation run =
      engine.start(work(approve("may it go out", constant(std::string("v1"), "image"))));
  run.wait_until_settled();
  for (const auto& named : {engine.approve("may it go uot", "ann"), engine.cancel("may it go uot"),
                            engine.rebuild("may it go uot")}) {
    REQUIRE_FALSE(named);
    CHECK(named.failure().what == "there is no \"may it go uot\" in the pipeline");
    CHECK(named.failure().hint == "did you mean \"may it go out\"?");
  }
}

TEST_CASE("of two pipelines with one path, the one that waits is meant") {
  Stage stage;
  Engine engine(stage.options());
  const auto pipeline = [](const char* image) {
    return work(approve("may it go out", constant(std::string(image), "image")));
  };
  const Evaluation first = engine.start(pipeline("v1"));
  first.wait_until_settled();
  REQUIRE(engine.approve("may it go out", "ann"));
  first.wait_until_settled();
  const Evaluation second = engine.start(pipeline("v2"));
  second.wait_until_settled();
  CHECK(second.outcome().is_active());
  REQUIRE(engine.approve("may it go out", "ann"));
  second.wait_until_settled();
  CHECK(second.outcome().is_ok());
}
