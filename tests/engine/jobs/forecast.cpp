// forecast.cpp - the engine starts steps in the order that a forecast says.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/jobs/remember.hpp"
#include <oche/analysis/time.hpp>

#include <algorithm>
#include <random>
#include <set>
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
        if (chance() % 4 != 0) continue;
        needs.push_back(one);
        needed[name].insert("s" + std::to_string(&one - before.data()));
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
  std::map<std::string, std::set<std::string>> needed;
  AnyTerm pipeline{nullptr};
};

/// One run, made to go as a forecast says: nothing begins while the queue is being filled.
class Replay {
 public:
  Replay(const Scripted& scripted, const Forecast& forecast, unsigned slots)
      : scripted_(scripted),
        forecast_(forecast),
        finish_(forecast.finish(slots)),
        slots_(slots),
        engine_((remember(stage_, scripted.takes), stage_.timed())) {
    for (const auto& [path, takes] : scripted.takes)
      stage_.board().hold(name_of(path));
  }

  /// How often all slots were taken when a step ended.
  std::size_t run() {
    engine_.resize_slots(0);
    const Evaluation run = engine_.start(scripted_.pipeline);
    // What is under way ends in the order of the forecast, one after the other.
    std::vector<std::uint32_t> ends = finish_.started;
    std::sort(ends.begin(), ends.end(),
              [this](std::uint32_t a, std::uint32_t b) { return end(a) < end(b); });
    std::size_t waited = 0;
    for (const std::uint32_t next : ends) {
      fill_queue(run);
      engine_.resize_slots(slots_);
      if (await_running(end(next)) == slots_) ++waited;
      engine_.resize_slots(0);
      const std::string& path = forecast_.steps()[next].path;
      stage_.board().let_go(name_of(path));
      while (state_at(run, path) != State::ok)
        std::this_thread::yield();
      done_.insert(name_of(path));
    }
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
    return waited;
  }

 private:
  static std::string name_of(const std::string& path) { return path.substr(0, path.find('/')); }
  [[nodiscard]] Duration end(std::uint32_t step) const {
    return finish_.begins[step] + forecast_.steps()[step].takes;
  }

  /// Waits until all that has what it needs stands in the queue.
  void fill_queue(const Evaluation& run) {
    for (const auto& [path, takes] : scripted_.takes) {
      const std::string name = name_of(path);
      const auto needed = scripted_.needed.find(name);
      const bool has_all =
          needed == scripted_.needed.end() ||
          std::includes(done_.begin(), done_.end(), needed->second.begin(), needed->second.end());
      while (has_all && !done_.contains(name) && state_at(run, path) != State::ready &&
             state_at(run, path) != State::running)
        std::this_thread::yield();
    }
    queued_.await();
  }

  /// Waits for what has begun before then, of which so many still run: nothing else may have.
  unsigned await_running(Duration until) {
    unsigned running = 0;
    std::set<std::string> others;
    for (std::uint32_t i = 0; i < finish_.begins.size(); ++i) {
      const std::string name = name_of(forecast_.steps()[i].path);
      if (finish_.begins[i] >= until) {
        others.insert(name);
        continue;
      }
      stage_.board().await_start(name);
      if (end(i) >= until) ++running;
    }
    for (const std::string& name : others)
      CHECK(stage_.board().started(name) == 0);
    return running;
  }

  Stage stage_;
  const Scripted& scripted_;
  const Forecast& forecast_;
  const Finish finish_;
  const unsigned slots_;
  std::set<std::string> done_;
  Engine engine_;
  const Queued queued_{engine_};
};

}  // namespace

TEST_CASE("the engine starts steps in the order that a forecast says", "[engine][forecast]") {
  std::mt19937 chance(21);
  std::size_t waited = 0;
  for (int round = 0; round < 12; ++round) {
    const Scripted scripted(chance);
    const unsigned slots = 1 + static_cast<unsigned>(chance() % 3);
    const Forecast forecast(Facts(Graph(scripted.pipeline)), {.durations = scripted.takes});
    REQUIRE(forecast.finish(slots).started.size() == 10);
    waited += Replay(scripted, forecast, slots).run();
  }
  CHECK(waited > 30);
}
