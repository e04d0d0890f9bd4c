// watch.cpp - inputs from outside: failed reads, changes while reading, and who is not asked.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

#include <atomic>

using namespace engine_tests;

namespace {

/// Something outside that a test changes.
struct World {
  std::mutex mutex;
  std::condition_variable moved;
  std::string says = "one";
  bool is_broken = false;
  bool is_slow = false;
  int reads = 0;
  int reading = 0;
  int subscriptions = 0;
  std::function<void()> changed;

  Result<std::string> read() {
    std::unique_lock lock(mutex);
    ++reads;
    ++reading;
    moved.notify_all();
    moved.wait(lock, [&] { return !is_slow; });
    --reading;
    if (is_broken) return Failure{"no answer", FailureClass::errored};
    return says;
  }
  void set(const std::string& text, bool broken = false) {
    std::function<void()> tell;
    {
      const std::lock_guard lock(mutex);
      says = text;
      is_broken = broken;
      tell = changed;
    }
    if (tell) tell();
  }
  void slow(bool yes) {
    const std::lock_guard lock(mutex);
    is_slow = yes;
    moved.notify_all();
  }
  void await_reading() {
    std::unique_lock lock(mutex);
    REQUIRE(moved.wait_for(lock, std::chrono::seconds(60), [&] { return reading > 0; }));
  }
};

Term<std::string> watched(const std::shared_ptr<World>& world) {
  return watch<std::string>(
      "world", [world] { return world->read(); },
      [world](std::function<void()> changed) {
        const std::lock_guard lock(world->mutex);
        world->changed = std::move(changed);
        ++world->subscriptions;
        return std::function<void()>([world] {
          const std::lock_guard again(world->mutex);
          world->changed = nullptr;
          --world->subscriptions;
        });
      });
}

}  // namespace

TEST_CASE("a failed read keeps the last good value, stale, and says so", "[engine][semantics]") {
  Stage stage;
  const auto world = std::make_shared<World>();
  Engine engine(stage.timed());
  const Evaluation run = engine.start(work(watched(world)));
  run.wait_until_settled();
  CHECK(stage.board().started("one") == 1);
  const auto broke = stage.clock->now();
  EventReader events = engine.events();
  world->set("two", true);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  const auto warning = await(events, Event::What::warning, "world");
  REQUIRE(warning);
  CHECK(warning->text == "no answer");
  const auto node = run.graph().find("world");
  REQUIRE(node);
  const auto since_then = [&] {
    const NodeView view = run.snapshot()->nodes[*node];
    return view.stale && view.since == broke && view.text == "no answer";
  };
  CHECK(since_then());
  stage.clock->advance(std::chrono::minutes(1));
  world->set("two", true);  // still: since the first time
  run.wait_until_settled();
  CHECK(since_then());
  world->set("two");
  run.wait_until_settled();
  CHECK_FALSE(run.snapshot()->nodes[*node].stale);
  CHECK(stage.board().started("two") == 1);
}

TEST_CASE("an input that was never read well is a failure with its line", "[engine][semantics]") {
  Stage stage;
  const auto world = std::make_shared<World>();
  world->is_broken = true;
  Engine engine(stage.options());
  const Evaluation run = engine.start(work(watched(world)));
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().what == "no answer");
  CHECK(run.outcome().failure().where.find("watch.cpp:") != std::string::npos);
}

TEST_CASE("any number of changes during a read cause exactly one more", "[engine][semantics]") {
  Stage stage;
  const auto world = std::make_shared<World>();
  Engine engine(stage.options());
  const Evaluation run = engine.start(work(watched(world)));
  run.wait_until_settled();
  CHECK(world->reads == 1);
  world->slow(true);
  world->set("two");
  world->await_reading();
  for (const char* text : {"three", "four", "five"})
    world->set(text);
  world->slow(false);
  run.wait_until_settled();
  CHECK(world->reads == 3);
  CHECK(stage.board().started("five") == 1);
}

TEST_CASE("nothing is read that nobody wants, and its subscription ends", "[engine][semantics]") {
  Stage stage;
  const auto world = std::make_shared<World>();
  Engine engine(stage.options());
  Var<bool> wants("wants", false);
  const Evaluation run = engine.start(only_if(wants.term(), watched(world), "not now"));
  run.wait_until_settled();
  CHECK(world->reads == 0);
  wants.set(true);
  run.wait_until_settled();
  CHECK(world->reads == 1);
  CHECK(world->subscriptions == 1);
  wants.set(false);
  run.wait_until_settled();
  CHECK(world->subscriptions == 0);
  world->set("two");
  run.wait_until_settled();
  CHECK(world->reads == 1);
  wants.set(true);
  run.wait_until_settled();
  CHECK(world->reads == 2);
}

TEST_CASE("an engine that goes away while an input is read leaves no subscription that calls it") {
  Stage stage;
  const auto world = std::make_shared<World>();
  world->slow(true);
  std::function<void()> late;
  {
    EngineOptions options = stage.options();
    options.grace = std::chrono::seconds(0);
    Engine engine(options);
    const Evaluation run = engine.start(work(watched(world)));
    world->await_reading();
    late = world->changed;
  }
  late();
  world->slow(false);
}
