// begun.cpp - what an event tells can be found by other programs at once.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include <oche/engine/state_folder.hpp>

using namespace engine_tests;

TEST_CASE("semantics: whoever hears of an attempt finds its record and its log",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.slots = 2;  // always taken: records share commits
  Engine engine(options);
  EventReader events = engine.events();
  std::vector<AnyTerm> many;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "w" + std::to_string(i);
    if (i % 4 == 3) stage.board().fail(name, Failure{"broken", FailureClass::errored});
    many.push_back(section(name, [&] { return work(name); }));
  }
  const Evaluation run = engine.start(all(many));
  const auto folder = StateFolder::open(stage.options().state);
  REQUIRE(folder);
  std::map<std::string, Event::What> told;
  while (const auto event = events.wait()) {
    if (event->what == Event::What::settled) break;
    INFO(event->path);
    const auto attempt = folder.value().newest(event->path);
    REQUIRE(attempt);
    CHECK(attempt.value().log == event->log);
    CHECK(state_tests::content_of(event->log).find("step work") != std::string::npos);
    if (event->what == Event::What::started) {
      CHECK(told.emplace(event->path, event->what).second);
    } else {
      REQUIRE(event->what == Event::What::finished);
      CHECK(told.at(event->path) == Event::What::started);  // in this order
      told[event->path] = event->what;
      CHECK(attempt.value().state == event->state);
    }
  }
  CHECK(told.size() == 20);
  for (const auto& [path, what] : told)
    CHECK(what == Event::What::finished);
}

TEST_CASE("semantics: what has settled has told how it ended", "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.loop = Loop::host;
  Engine engine(options);
  EventReader events = engine.events();
  stage.board().fail("a", Failure{"no network", FailureClass::errored});
  const Evaluation run = engine.start(work("a"));
  drive(engine, run);
  std::vector<Event::What> told;
  while (const auto event = events.next())
    told.push_back(event->what);
  CHECK(told == std::vector{Event::What::started, Event::What::finished, Event::What::settled});
}

TEST_CASE("the end of what is cancelled with its engine is told, too") {
  Stage stage;
  std::optional<EventReader> events;
  {
    Engine engine(stage.options());
    events = engine.events();
    const Evaluation run = engine.start(command({"sleep", "1000000"}));
    REQUIRE(await(*events, Event::What::started, "command"));
  }
  const auto finished = await(*events, Event::What::finished, "command");
  REQUIRE(finished);
  CHECK(finished->state == State::cancelled);
}
