// latest.cpp - publishing: the newest value wins, and a crash is remembered.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/store/store_reader.hpp"

#include <fmt/format.h>

#include <thread>

using namespace engine_tests;

namespace {

Result<std::string> set(Job& job, const std::string& name, Latest<std::string> value) {
  return play(job, name + "=" + *value);
}
const auto publish = step<set>("publish");
const auto publish_patiently = step<set>("publish", {.cancel_when_unwanted = false});

}  // namespace

TEST_CASE("publishing A and then B and then A again sets A again", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> value("value", "A");
  const Evaluation run = engine.start(publish("tag", value.term()));
  run.wait_until_settled();
  for (const char* next : {"B", "A"}) {
    value.set(next);
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
  }
  CHECK(stage.board().started("tag=A") == 2);
  CHECK(stage.board().started("tag=B") == 1);
}

TEST_CASE("what is published already is not published again after a restart",
          "[engine][semantics]") {
  Stage stage;
  for (const char* value : {"A", "A", "B", "A"}) {
    Engine engine(stage.options());
    engine.start(publish("tag", value)).wait_until_settled();
  }
  CHECK(stage.board().started("tag=A") == 2);
  CHECK(stage.board().started("tag=B") == 1);
}

TEST_CASE("values in between are dropped while one is being published", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> value("value", "A");
  stage.board().hold("tag=A");
  EventReader events = engine.events();
  const Evaluation run = engine.start(publish_patiently("tag", value.term()));
  stage.board().await_start("tag=A");
  for (const char* next : {"B", "C", "D"}) {
    value.set(next);
    await(events, Event::What::changed, "value");
  }
  stage.board().let_go("tag=A");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("tag=B") == 0);
  CHECK(stage.board().started("tag=C") == 0);
  CHECK(stage.board().started("tag=D") == 1);
}

TEST_CASE("a newer value cancels the publishing of an older one, whose failure is never shown",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> value("value", "A");
  stage.board().hold("tag=A");
  const Evaluation run = engine.start(publish("tag", value.term()));
  stage.board().await_start("tag=A");
  value.set("B");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("tag=B") == 1);
}

TEST_CASE("two lines that set one name to two values both fail, with both lines",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> value("value", "A");
  const int here = __LINE__;
  const auto one = publish("tag", value.term());
  const auto two = publish("tag", "B");
  const Evaluation run = engine.start(all({{"one", one}, {"two", two}}));
  run.wait_until_settled();
  REQUIRE(run.failures().size() == 2);
  for (const Failure& failure : run.failures()) {
    CHECK(failure.what == "the name is set to two different values at once");
    const std::string text = render(failure);
    CHECK(text.find(fmt::format("latest.cpp:{}", here + 1)) != std::string::npos);
    CHECK(text.find(fmt::format("latest.cpp:{}", here + 2)) != std::string::npos);
  }
  CHECK(stage.board().started("tag=A") == 0);
  CHECK(stage.board().started("tag=B") == 0);
  value.set("B");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("tag=B") == 1);
}

TEST_CASE("while a name is being set, the store says that nobody knows what it is",
          "[engine][semantics]") {
  Stage stage;
  stage.board().hold("tag=A");
  Engine engine(stage.options());
  const Evaluation run = engine.start(publish("tag", "A"));
  stage.board().await_start("tag=A");
  auto reader = detail::StoreReader::open(stage.options().state);
  REQUIRE(reader);
  // The attempt's own record is written while it runs already.
  auto running = reader.value()->running_attempts();
  while (running && running.value().empty())
    running = reader.value()->running_attempts();
  REQUIRE(running);
  REQUIRE(running.value().size() == 1);
  const auto names = [&] { return reader.value()->published(running.value().front().key.hex()); };
  REQUIRE(names());
  REQUIRE(names().value());
  CHECK_FALSE(names().value()->known);
  stage.board().let_go("tag=A");
  run.wait_until_settled();
  CHECK(names().value()->known);
}

TEST_CASE("semantics: Latest, a conflict that comes in a later round, while one value is being set",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> first("first", "A");
  Var<std::string> second("second", "A");
  stage.board().hold("tag=A");
  const Evaluation run = engine.start(all({{"one", publish_patiently("tag", first.term())},
                                           {"two", publish_patiently("tag", second.term())}}));
  stage.board().await_start("tag=A");
  second.set("B");  // the first one is being set: nobody can tell what the name is to be
  while (run.failures().size() < 2)
    std::this_thread::yield();
  stage.board().let_go("tag=A");
  run.wait_until_settled();
  CHECK(run.failures().size() == 2);
  CHECK(stage.board().started("tag=B") == 0);
  first.set("B");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("tag=B") == 1);
}

TEST_CASE("semantics: Latest, A and then B and then A while A is being set: it goes on",
          "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> value("value", "A");
  EventReader events = engine.events();
  stage.board().hold("tag=A");
  const Evaluation run = engine.start(publish_patiently("tag", value.term()));
  stage.board().await_start("tag=A");
  for (const char* next : {"B", "A"}) {
    value.set(next);
    await(events, Event::What::changed, "value");
  }
  stage.board().let_go("tag=A");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("tag=A") == 1);
  CHECK(stage.board().started("tag=B") == 0);
}
