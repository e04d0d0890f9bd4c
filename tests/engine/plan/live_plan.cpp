// live_plan.cpp - kept up to date event by event, it is what planning from scratch says.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/live_plan.hpp>

#include "engine/plan/edited.hpp"
#include "support/cases.hpp"
#include <oche/testing/test_engine.hpp>

#include <cmath>

using namespace engine_tests;

namespace live_plan_tests {

namespace {

using namespace oche::testing;

unsigned cases() { return oche::tests::cases_of(100); }

/// What has happened, in the test's own words.
struct Seen {
  std::map<std::string, Duration> usual;
  std::set<std::string> done, failed;
  std::map<std::string, Time> running;

  void take(const Event& event, Duration unknown) {
    const bool is_start = event.what == Event::What::started;
    const bool is_end = event.what == Event::What::finished || event.what == Event::What::reused;
    if (!is_start && !is_end) return;
    usual.emplace(event.path, unknown);  // so that the items of lists are known by name
    if (is_start) running[event.path] = event.at;
    if (!is_end) return;
    running.erase(event.path);
    done.insert(event.path);
    if (event.state != State::ok) failed.insert(event.path);
  }
  [[nodiscard]] Assumptions assumed(Time now, Duration unknown) const {
    Assumptions made{.durations = usual, .unknown = unknown, .failing = failed, .reused = done};
    for (const auto& [path, since] : running) {
      Duration& left = made.durations[path];
      left = std::max(Duration{}, left - std::max(Duration{}, Duration(now - since)));
    }
    return made;
  }
};

/// The same step by step, each after two of the layer before, with durations of its own.
struct Layered {
  std::map<std::string, Duration> usual;

  Term<> make(std::uint32_t seed, const std::string& salt, int wide, int deep) {
    std::mt19937 chance(seed);
    std::vector<Term<std::string>> before{constant(salt, "salt")};
    for (int layer = 0; layer < deep; ++layer) {
      std::vector<Term<std::string>> now;
      for (int i = 0; i < wide; ++i) {
        const std::string name = "s" + std::to_string(layer) + "-" + std::to_string(i);
        const auto& a = before[chance() % before.size()];
        const auto& b = before[chance() % before.size()];
        now.push_back(section(name, [&] { return act(name, 0, false, a, b); }));
        usual[name + "/act"] = std::chrono::seconds(1 + chance() % 60);
      }
      before = now;
    }
    return all(before);
  }
};

}  // namespace

TEST_CASE("live plan: after each event it is what a forecast made anew says",
          "[engine][plan][live]") {
  constexpr Duration unknown = std::chrono::seconds(3);
  std::size_t events_seen = 0, with_failures = 0;
  for (std::uint32_t seed = 1; seed <= cases(); ++seed) {
    Stage stage;
    EditedPipeline pipeline(seed);
    if (seed % 2 == 0) {
      Engine engine(stage.options());
      engine.start(pipeline.make()).wait_until_settled();
      pipeline.edit();
    }
    const AnyTerm term = pipeline.make();
    const Graph graph(term);
    Seen seen;
    std::mt19937 chance(seed);
    for (NodeId node = 0; node < graph.size(); ++node)
      if (is_job(graph.kind(node)) && graph.template_of(node) == 0)
        seen.usual[std::string(graph.path(node))] = std::chrono::milliseconds(chance() % 20'000);
    LivePlan live(graph, {.durations = seen.usual, .unknown = unknown});

    Engine engine(stage.options());
    EventReader events = engine.events();
    const Evaluation run = engine.start(term);
    while (const std::optional<Event> event = events.wait()) {
      live.take(*event);
      seen.take(*event, unknown);
      if (event->what == Event::What::settled) break;
      const Forecast anew(Facts(graph), seen.assumed(event->at, unknown));
      INFO("seed " << seed << ", event " << event->sequence << " at " << event->path);
      REQUIRE(live.longest(event->at) == anew.span());
      REQUIRE(live.work(event->at) == anew.work());
      const Progress progress = live.progress();
      const auto runs = std::count_if(anew.steps().begin(), anew.steps().end(),
                                      [](const TimedStep& step) { return step.runs(); });
      REQUIRE(progress.running + progress.to_come == runs);
      REQUIRE(progress.done == seen.done.size());
      // The path that is shown is one, and as long as it is said to be.
      Duration sum{};
      const auto durations = seen.assumed(event->at, unknown).durations;
      for (const std::string& path : live.critical(event->at)) {
        const auto known = durations.find(path);
        sum += known == durations.end() ? unknown : known->second;
      }
      REQUIRE(sum == anew.span());
      const Duration finish = live.finish(4, event->at);
      REQUIRE(finish >= std::max(anew.span(), anew.work() / 4));
      REQUIRE(finish <= anew.work());
      ++events_seen;
    }
    INFO("seed " << seed);
    CHECK(live.finish(4, {}) == Duration{});
    with_failures += seen.failed.empty() ? 0u : 1u;
  }
  CHECK(events_seen > cases() * 5);
  CHECK(with_failures > cases() / 10);
}

TEST_CASE("live plan: what is left is what is left, and who is next begins next",
          "[engine][plan][live]") {
  constexpr int runs_seen = 10;
  double off = 0;
  for (std::uint32_t seed = 1; seed <= runs_seen; ++seed) {
    Layered pipeline;
    TestEngine engine({.slots = 3});
    const AnyTerm first = pipeline.make(seed, "first", 6, 8);
    engine.script("**", [&](const Started& started) {
      return runs().after(pipeline.usual.at(started.path));
    });
    engine.end(engine.start(first));
    for (const std::string salt : {"learns", "knows"}) {
      const AnyTerm term = pipeline.make(seed, salt, 6, 8);
      LivePlan live{Graph(term), {.durations = pipeline.usual}};
      EventReader events = engine.events();
      const Time begun = engine.now();
      const Evaluation run = engine.start(term);
      engine.run();
      const Duration real = engine.now() - begun;
      engine.end(run);
      if (salt == "learns") continue;
      const Duration forecast = live.finish(3, begun);
      INFO("seed " << seed);
      CHECK(std::chrono::abs(forecast - real) * 20 <= real);
      off += std::abs(static_cast<double>((forecast - real).count())) /
             static_cast<double>(real.count());
      while (const std::optional<Event> event = events.next()) {
        if (event->what == Event::What::started) {
          const std::vector<NextStep> next = live.next(1000);
          const auto found = std::find_if(next.begin(), next.end(), [&](const NextStep& one) {
            return one.path == event->path;
          });
          INFO(event->path);
          REQUIRE(found != next.end());
          CHECK(found->behind.empty());
          CHECK_FALSE(found->why.empty());
        }
        live.take(*event);
        if (event->what == Event::What::settled) break;
        const Duration left = begun + real - event->at;
        CHECK(std::chrono::abs(live.finish(3, event->at) - left) * 20 <= real);
      }
    }
  }
  CHECK(off / runs_seen < 0.02);
}

TEST_CASE("live plan: failures, second attempts, holes and the end", "[engine][plan][live]") {
  const auto named = [](const std::string& name, const Term<std::string>& what) {
    return section(name, [&] { return work(what); });
  };
  const auto first = named("first", constant(std::string("x")));
  const auto second = named("second", first);
  const auto other = named("other", first);
  const auto hole = dynamic("hole", [](const std::string& text) { return work(text); }, first);
  const Graph graph(all(second, other, hole));
  LivePlan live(graph,
                {.durations = {{"first/work", 10s}, {"second/work", 20s}, {"other/work", 5s}}});
  const Time t0{};
  const auto take = [&](Event::What what, std::string path, Duration at, State state = State::ok) {
    live.take({.what = what, .at = t0 + at, .path = std::move(path), .state = state});
  };
  CHECK(live.longest(t0) == 30s);
  CHECK(live.work(t0) == 35s);
  CHECK(live.finish(1, t0) == 35s);
  take(Event::What::started, "first/work", 0s);
  REQUIRE(live.next(5).size() == 2);
  CHECK(live.next(5)[0].path == "second/work");
  CHECK(live.next(5)[0].why == "the longest path, 20 s, once first/work is done");
  CHECK(live.next(1).size() == 1);
  CHECK(live.longest(t0 + 4s) == 26s);
  CHECK(live.finish(2, t0 + 4s) == 26s);
  CHECK(live.critical(t0 + 4s) == std::vector<std::string>{"first/work", "second/work"});
  CHECK(live.longest(t0 + 60s) == 20s);  // it is about to end
  take(Event::What::finished, "first/work", 12s);
  CHECK(live.next(5)[1].why == "5.0 s to go");
  CHECK(live.spent(t0 + 12s) == 10s);
  take(Event::What::started, "hole/work", 12s);  // nobody knew of it
  CHECK(live.progress().running == 0);
  take(Event::What::started, "second/work", 12s);
  take(Event::What::finished, "second/work", 13s, State::failed);
  CHECK(live.work(t0 + 13s) == 5s);
  CHECK(live.progress().done == 2);
  // Tried again; and then the first one runs once more, and with it what reads it.
  take(Event::What::started, "second/work", 20s);
  CHECK(live.longest(t0 + 20s) == 20s);
  take(Event::What::finished, "second/work", 40s);
  take(Event::What::started, "first/work", 50s);
  CHECK(live.longest(t0 + 50s) == 30s);
  CHECK(live.progress().done == 0);
  take(Event::What::settled, "", 51s);
  CHECK(live.work(t0 + 51s) == Duration{});
  CHECK(live.next(5).empty());
}

}  // namespace live_plan_tests
