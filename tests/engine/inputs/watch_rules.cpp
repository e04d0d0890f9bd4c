// watch_rules.cpp - who may ask an input what, and when: one call at a time, for all who want it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include <oche/testing/interleavings.hpp>
#include <oche/testing/test_engine.hpp>

#include <atomic>
#include <random>
#include <thread>

using namespace engine_tests;
using oche::testing::for_each_order;
using oche::testing::StoreFault;
using oche::testing::TestEngine;

namespace {

/// Something outside that counts who asks it what, and notices if two do so at once.
struct Counted {
  std::mutex mutex;
  std::string says = "0";
  bool is_broken = false;
  std::function<void()> changed;
  std::atomic<int> inside = 0;
  std::atomic<bool> met = false;  ///< two calls have
  std::atomic<int> reads = 0, subscribed = 0, unsubscribed = 0;

  class Call {
   public:
    explicit Call(Counted& world) : world_(world) {
      if (++world_.inside > 1) world_.met = true;
      std::this_thread::yield();
    }
    ~Call() { --world_.inside; }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    Counted& world_;
  };

  void set(std::string text, bool broken = false) {
    std::function<void()> tell;
    {
      const std::lock_guard lock(mutex);
      says = std::move(text);
      is_broken = broken;
      tell = changed;
    }
    if (tell) tell();
  }
  [[nodiscard]] int subscriptions() const { return subscribed - unsubscribed; }
};

Term<std::string> watched(const std::shared_ptr<Counted>& world) {
  return watch<std::string>(
      "world",
      [world]() -> Result<std::string> {
        const Counted::Call call(*world);
        ++world->reads;
        const std::lock_guard lock(world->mutex);
        if (world->is_broken) return Failure{"no answer", FailureClass::errored};
        return world->says;
      },
      [world](std::function<void()> changed) {
        const Counted::Call call(*world);
        ++world->subscribed;
        const std::lock_guard lock(world->mutex);
        world->changed = std::move(changed);
        return std::function<void()>([world] {
          const Counted::Call ending(*world);
          ++world->unsubscribed;
          const std::lock_guard again(world->mutex);
          world->changed = nullptr;
        });
      });
}

Term<> shown(const Term<std::string>& term, std::string& seen) {
  return map([&seen](const std::string& text) { return (seen = text), Unit{}; }, term);
}

}  // namespace

TEST_CASE("watch: of subscribing, reading and unsubscribing never two at once",
          "[engine][semantics]") {
  Stage stage;
  const auto world = std::make_shared<Counted>();
  Var<bool> wants("wants", true);
  {
    Engine engine(stage.options());
    const Evaluation run = engine.start(only_if(wants.term(), watched(world), "not now"));
    std::vector<std::thread> threads;
    for (int who = 0; who < 3; ++who) {
      threads.emplace_back([&world, who] {
        for (int i = 0; i < 300; ++i)
          world->set(std::to_string(who * 1000 + i));
      });
    }
    threads.emplace_back([&wants] {
      for (int i = 0; i < 300; ++i)
        wants.set(i % 2 == 0);
    });
    for (std::thread& thread : threads)
      thread.join();
    wants.set(true);
    run.wait_until_settled();
    CHECK(world->subscriptions() == 1);
    wants.set(false);
    run.wait_until_settled();
    CHECK(world->subscriptions() == 0);
  }
  CHECK_FALSE(world->met);
  CHECK(world->inside == 0);
}

TEST_CASE("watch: counted for all who want it, in one pipeline and in several",
          "[engine][semantics]") {
  const auto world = std::make_shared<Counted>();
  const auto input = watched(world);
  std::string here, there;
  TestEngine engine;
  Evaluation first = engine.start(shown(input, here));
  Evaluation second = engine.start(all(shown(input, there), input));
  CHECK(world->reads == 1);
  CHECK(world->subscriptions() == 1);
  world->set("1");
  engine.look();
  CHECK(world->reads == 2);
  CHECK(here == "1");
  CHECK(there == "1");
  engine.end(std::move(first));
  CHECK(world->subscriptions() == 1);
  engine.end(std::move(second));
  CHECK(world->subscriptions() == 0);
  world->set("2");
  engine.advance(24h);
  CHECK(world->reads == 2);
}

TEST_CASE("watch: in any order, what is seen is what was said last, and nothing is asked in vain",
          "[engine][semantics]") {
  int kept_stale = 0;
  for_each_order(300, [&](std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto world = std::make_shared<Counted>();
    Var<bool> wants("wants", false);
    std::string seen;
    TestEngine engine{{.seed = seed}};
    const Evaluation run =
        engine.start(only_if(wants.term(), shown(watched(world), seen), "not now"));
    bool is_wanted = false;
    std::string last_good;
    for (int i = 0; i < 12; ++i) {
      const int reads = world->reads;
      const int events = 1 + static_cast<int>(random() % 4);
      bool was_wanted = is_wanted;
      for (int n = 0; n < events; ++n) {
        if (random() % 3 == 0) {
          wants.set(is_wanted = !is_wanted);
          was_wanted |= is_wanted;
        } else {
          world->set(std::to_string(i * 10 + n), random() % 4 == 0);
        }
        if (random() % 2 == 0) (void)engine.run_some(1 + random() % 5);
      }
      engine.look();
      CHECK(run.is_settled());
      CHECK(world->subscriptions() == (is_wanted ? 1 : 0));
      if (!was_wanted) CHECK(world->reads == reads);
      // Each change causes one read more at most, and so does each new subscription.
      CHECK(world->reads <= reads + 2 * events + 1);
      if (!is_wanted) {
        last_good.clear();  // what was known is known no more
        continue;
      }
      if (!world->is_broken) {
        CHECK(seen == world->says);
        CHECK(run.outcome().is_ok());
      } else if (run.outcome().is_ok()) {
        ++kept_stale;
        CHECK(run.snapshot()->nodes[*run.graph().find("world")].stale);
      }
    }
  });
  CHECK(kept_stale > 20);
}

TEST_CASE("watch: a change while it is being read causes exactly one read more",
          "[engine][semantics]") {
  const auto world = std::make_shared<Counted>();
  std::function<void()> meanwhile;
  const auto input = watch<int>(
      "world",
      [&] {
        ++world->reads;
        if (meanwhile) std::exchange(meanwhile, nullptr)();
        return world->reads.load();
      },
      [&](std::function<void()> changed) {
        world->changed = changed;
        return [] {};
      });
  TestEngine engine;
  const Evaluation run = engine.start(input);
  CHECK(world->reads == 1);
  meanwhile = [&] {
    for (int i = 0; i < 5; ++i)
      world->changed();
  };
  world->changed();
  engine.look();
  CHECK(world->reads == 3);
  engine.advance(1h);
  CHECK(world->reads == 3);
}

TEST_CASE("watch: stale since the first of the failures in a row, by the engine's clock",
          "[engine][semantics]") {
  const auto world = std::make_shared<Counted>();
  std::string seen;
  TestEngine engine;
  const Evaluation run = engine.start(shown(watched(world), seen));
  const auto view = [&] { return run.snapshot()->nodes[*run.graph().find("world")]; };
  CHECK_FALSE(view().stale);
  engine.advance(1h);
  const Time broke = engine.now();
  for (int i = 0; i < 3; ++i) {
    world->set("1", true);
    engine.look();
    CHECK(view().stale);
    CHECK(view().since == broke);
    CHECK(view().text == "no answer");
    CHECK(seen == "0");
    engine.advance(1h);
  }
  world->set("1");
  engine.look();
  CHECK_FALSE(view().stale);
  CHECK(seen == "1");
  engine.advance(1h);
  world->set("2", true);
  engine.look();
  CHECK(view().since == broke + 4h);
}
