// forecast.cpp - the engine starts steps in the order that a forecast says.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/jobs/remember.hpp"
#include <oche/analysis/time.hpp>

#include <algorithm>
#include <random>
#include <thread>

using namespace engine_tests;

namespace {

/// Steps that wait for some of those before, each in a section of its own.
struct Scripted {
  explicit Scripted(std::mt19937& chance) {
    std::vector<Term<>> before;
    for (std::uint32_t i = 0; i < 10; ++i) {
      const std::string name = "s" + std::to_string(i);
      std::vector<Term<>> needs;
      for (const Term<>& one : before) {
        if (chance() % 4 == 0) needs.push_back(one);
      }
      const Term<std::string> made = section(name, [&] {
        return work(needs.empty() ? constant(name) : gate(constant(name), on(all(needs))));
      });
      before.push_back(made);
      takes[name + "/work"] = std::chrono::microseconds(1 + chance() % 1'000'000);
    }
    pipeline = all(before);
  }
  std::map<std::string, Duration> takes;
  AnyTerm pipeline{nullptr};
};

std::string name_of_step(const std::string& path) { return path.substr(0, path.find('/')); }

}  // namespace

TEST_CASE("the engine starts steps in the order that a forecast says", "[engine][forecast]") {
  std::mt19937 chance(21);
  std::size_t waited = 0;
  for (int round = 0; round < 12; ++round) {
    const Scripted scripted(chance);
    const unsigned slots = 1 + static_cast<unsigned>(chance() % 3);
    const Forecast forecast(Facts(Graph(scripted.pipeline)), {.durations = scripted.takes});
    const Finish finish = forecast.finish(slots);
    REQUIRE(finish.started.size() == 10);

    Stage stage;
    remember(stage, scripted.takes);
    EngineOptions options = stage.timed();
    options.slots = slots;
    for (const auto& [path, takes] : scripted.takes)
      stage.board().hold(name_of_step(path));
    Engine engine(options);
    EventReader events = engine.events();
    const Evaluation run = engine.start(scripted.pipeline);

    // What is under way ends in the order of the forecast, one after the other.
    std::vector<std::uint32_t> ends = finish.started;
    const auto end = [&](std::uint32_t i) { return finish.begins[i] + forecast.steps()[i].takes; };
    std::sort(ends.begin(), ends.end(),
              [&](std::uint32_t a, std::uint32_t b) { return end(a) < end(b); });
    for (const std::uint32_t next : ends) {
      unsigned running = 0;
      for (const std::uint32_t i : finish.started) {
        if (finish.begins[i] >= end(next)) continue;
        stage.board().await_start(name_of_step(forecast.steps()[i].path));
        if (end(i) >= end(next)) ++running;
      }
      if (running == slots) ++waited;
      const std::string& path = forecast.steps()[next].path;
      stage.board().let_go(name_of_step(path));
      while (state_at(run, path) != State::ok)
        std::this_thread::yield();
    }
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());

    // Who begins at the same moment is told of in any order.
    std::vector<std::pair<Duration, std::string>> expected, started;
    for (const std::uint32_t i : finish.started)
      expected.emplace_back(finish.begins[i], forecast.steps()[i].path);
    while (const std::optional<Event> event = events.next()) {
      if (event->what != Event::What::started) continue;
      const auto its = std::find_if(expected.begin(), expected.end(),
                                    [&](const auto& one) { return one.second == event->path; });
      REQUIRE(its != expected.end());
      started.push_back(*its);
    }
    CHECK(std::is_sorted(started.begin(), started.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; }));
    std::sort(started.begin(), started.end());
    std::sort(expected.begin(), expected.end());
    CHECK(started == expected);
  }
  CHECK(waited > 30);
}
