// scheduling.cpp - which of the jobs that could start does: classes, ageing, paths and pools (§3).
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/jobs/remember.hpp"

#include <thread>

using namespace engine_tests;

namespace {

using Name = const std::string&;
const auto urgent =
    step("urgent", [](Job& job, Name name) { return play(job, name); }, {.priority = 1});
const auto lab = step("lab", [](Job& job, Name name) { return play(job, name); }, {.pool = "lab"});
const auto large = step("large", [](Job& job, Name name) { return play(job, name); },
                        {.pool = "lab", .needs = {.cpus = 2}});
const auto lab_first = step("lab_first", [](Job& job, Name name) { return play(job, name); },
                            {.pool = "lab, licence"});
const auto licence_first = step(
    "licence_first", [](Job& job, Name name) { return play(job, name); }, {.pool = "licence, lab"});
const auto hungry = step("hungry", [](Job& job, Name name) { return play(job, name); },
                         {.needs = {.cpus = 0, .memory = 600}});

/// A step named for what it is given, in a section of the same name.
template <class Step>
Term<std::string> named(const Step& step, const std::string& name) {
  return section(name, [&] { return step(name); });
}

/// The sections of what has started since, in order.
std::vector<std::string> started(EventReader& events) {
  std::vector<std::string> names;
  while (const std::optional<Event> event = events.next()) {
    if (event->what == Event::What::started)
      names.push_back(event->path.substr(0, event->path.find('/')));
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("semantics: scheduling, priority classes, and within one the longest path as stored",
          "[engine][semantics][scheduling]") {
  Stage stage;
  remember(stage, {{"first/work", Duration(1)},
                   {"short/work", 1min},
                   {"long/work", 5min},
                   {"tail/chain/work", 1s},
                   {"tail/work", 10min}});
  EngineOptions options = stage.timed();
  options.slots = 1;
  Engine engine(options);
  const Queued queued(engine);
  EventReader events = engine.events();
  stage.board().hold("first");
  stage.board().hold("unknown");
  stage.board().answer("chain", "tail");  // else both would be one job
  Var<bool> go("go", false);
  const auto after = [&](const Term<std::string>& term) {
    return only_if(go.term(), term, "not yet");
  };
  const Evaluation run =
      engine.start(all(named(work, "first"), after(named(work, "short")),
                       after(named(work, "unknown")), after(named(work, "long")),
                       after(section("tail",
                                     [] {
                                       const auto chain =
                                           section("chain", [] { return work("chain"); });
                                       return work(chain);
                                     })),
                       after(named(urgent, "urgent"))));
  stage.board().await_start("first");
  go.set(true);
  while (state_at(run, "short/work") != State::ready ||
         state_at(run, "urgent/urgent") != State::ready)
    std::this_thread::yield();
  queued.await();
  stage.board().let_go("first");
  // A slot waits for nobody: what follows from `chain` comes in while the next one runs.
  stage.board().await_start("unknown");
  while (state_at(run, "tail/work") != State::ready)
    std::this_thread::yield();
  queued.await();
  stage.board().let_go("unknown");
  run.wait_until_settled();
  // What nobody knows is taken to need as long as the longest does: ten minutes.
  CHECK(started(events) == Names{"first", "urgent", "tail", "unknown", "tail", "long", "short"});
}

TEST_CASE("semantics: scheduling, what has waited for a span of ageing goes with the next class",
          "[engine][semantics][scheduling]") {
  for (const bool ages : {true, false}) {
    Stage stage;
    EngineOptions options = stage.timed();
    options.slots = 1;
    options.ageing = ages ? Duration(1min) : Duration{};
    Engine engine(options);
    const Queued queued(engine);
    EventReader events = engine.events();
    stage.board().hold("first");
    Var<bool> go("go", false);
    const Evaluation run =
        engine.start(all(named(work, "first"), named(work, "early"),
                         only_if(go.term(), named(urgent, "urgent"), "not yet")));
    stage.board().await_start("first");
    while (state_at(run, "early/work") != State::ready)
      std::this_thread::yield();
    queued.await();
    stage.clock->advance(2min);
    go.set(true);
    while (state_at(run, "urgent/urgent") != State::ready)
      std::this_thread::yield();
    queued.await();
    stage.board().let_go("first");
    run.wait_until_settled();
    CHECK(started(events) ==
          (ages ? Names{"first", "early", "urgent"} : Names{"first", "urgent", "early"}));
  }
}

TEST_CASE("semantics: scheduling, durations learned while it runs count after a while",
          "[engine][semantics][scheduling]") {
  Stage stage;
  EngineOptions options = stage.timed();
  options.slots = 1;
  Engine engine(options);
  Var<std::string> slow("slow", "slow1");
  Var<std::string> quick("quick", "quick1");
  for (const char* name : {"quick1", "slow1"})
    stage.board().hold(name);
  const Evaluation run = engine.start(all(section("quick", [&] { return work(quick.term()); }),
                                          section("slow", [&] { return work(slow.term()); })));
  // The slow one takes its time, now and later.
  stage.board().await_start("quick1");
  stage.clock->advance(1s);
  stage.board().let_go("quick1");
  stage.board().await_start("slow1");
  stage.clock->advance(30s);
  stage.board().let_go("slow1");
  run.wait_until_settled();
  // Now the slow one goes first, as soon as that has been worked out.
  EventReader events = engine.events();
  for (int tries = 2;; ++tries) {
    REQUIRE(tries < 2000);
    stage.clock->advance(1min);
    run.wait_until_settled();
    const std::string number = std::to_string(tries);
    static_cast<void>(started(events));
    engine.resize_slots(0);
    quick.set("quick" + number);
    while (state_at(run, "quick/work") != State::ready)
      std::this_thread::yield();
    stage.board().hold("slow" + number);
    slow.set("slow" + number);
    while (state_at(run, "slow/work") != State::ready)
      std::this_thread::yield();
    engine.resize_slots(1);
    stage.board().await_start("slow" + number);
    stage.clock->advance(30s);
    stage.board().let_go("slow" + number);
    run.wait_until_settled();
    const Names order = started(events);
    REQUIRE(order.size() == 2);
    if (order.front() == "slow") break;
  }
}

TEST_CASE("semantics: scheduling, pools are weighted by needs, and a full one starves no other",
          "[engine][semantics][scheduling]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.slots = 10;
  options.pools = {{"lab", {.cpus = 2}}};
  Engine engine(options);
  for (const char* name : {"a", "b", "c", "d", "e"})
    stage.board().hold(name);
  Var<bool> go("go", false);
  const Evaluation run =
      engine.start(all(named(lab, "a"), named(work, "b"),
                       only_if(go.term(), all(named(large, "c"), named(lab, "d")), "not yet"),
                       only_if(go.term(), named(work, "e"), "not yet")));
  stage.board().await_start("a");
  stage.board().await_start("b");
  go.set(true);
  stage.board().await_start("e");  // it is of no pool, and there are slots
  while (state_at(run, "c/large") != State::ready || state_at(run, "d/lab") != State::ready)
    std::this_thread::yield();
  CHECK(stage.board().started("c") == 0);  // it needs both, and one is taken
  CHECK(stage.board().started("d") == 0);  // it would fit, but does not overtake
  stage.board().let_go("a");
  stage.board().await_start("c");
  CHECK(stage.board().started("d") == 0);
  engine.resize_pool("lab", {.cpus = 3});
  stage.board().await_start("d");
  for (const char* name : {"b", "c", "d", "e"})
    stage.board().let_go(name);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}

TEST_CASE("semantics: scheduling, several pools are taken at once, so nothing deadlocks",
          "[engine][semantics][scheduling]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.pools = {{"lab", {.cpus = 1}}, {"licence", {.cpus = 1}}};
  Engine engine(options);
  EventReader events = engine.events();
  std::vector<AnyTerm> terms;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "n" + std::to_string(i);
    terms.push_back(i % 2 == 0 ? named(lab_first, name) : named(licence_first, name));
  }
  const Evaluation run = engine.start(all(terms));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  int running = 0;
  while (const std::optional<Event> event = events.next()) {
    if (event->what == Event::What::finished) --running;
    if (event->what == Event::What::started) CHECK(++running == 1);
  }
}

TEST_CASE("semantics: scheduling, memory and slots limit, and both can be resized",
          "[engine][semantics][scheduling]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.slots = 3;
  Engine engine(options);
  engine.resize_pool("", {.cpus = 1, .memory = 1000});
  const Names all_names = {"a", "b", "c", "d"};
  std::vector<AnyTerm> terms;
  for (const std::string& name : all_names) {
    stage.board().hold(name);
    terms.push_back(named(hungry, name));
  }
  const Evaluation run = engine.start(all(terms));
  const auto count = [&] {
    int sum = 0;
    for (const std::string& name : all_names)
      sum += stage.board().started(name);
    return sum;
  };
  const auto await_count = [&](int wanted) {
    while (count() < wanted)
      std::this_thread::yield();
    while (run.snapshot()->counts[static_cast<std::size_t>(State::running)] !=
           static_cast<std::uint32_t>(wanted))
      std::this_thread::yield();
    CHECK(count() == wanted);
  };
  await_count(1);
  engine.resize_pool("", {.cpus = 1, .memory = 1200});
  await_count(2);
  engine.resize_pool("", {.cpus = 1, .memory = 1 << 20});
  await_count(3);  // as many as there are slots
  engine.resize_slots(5);
  await_count(4);
  engine.resize_slots(1);  // what runs goes on
  CHECK(count() == 4);
  for (const std::string& name : all_names)
    stage.board().let_go(name);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}
