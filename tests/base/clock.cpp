// clock.cpp - clocks that flow and clocks that are moved.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/manual_clock.hpp>

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace oche;
using namespace std::chrono_literals;

TEST_CASE("clock: the system's flows", "[base][clock]") {
  const std::shared_ptr<Clock> clock = system_clock();
  CHECK(clock->flows());
  const auto before = clock->steady();
  CHECK(clock->steady() >= before);
  CHECK(clock->now() > Time(std::chrono::sys_days(std::chrono::year(2024) / 1 / 1)));
  const Subscription subscription = clock->subscribe([] { FAIL("nobody moved it"); });
}

TEST_CASE("manual clock: moves when told, and tells", "[base][clock]") {
  ManualClock clock(Time(100s));
  CHECK_FALSE(clock.flows());
  CHECK(clock.now() == Time(100s));
  std::vector<Time> seen;
  Subscription subscription = clock.subscribe([&] { seen.push_back(clock.now()); });
  clock.advance(5s);
  clock.set(Time(50s));
  CHECK(clock.steady() == 5s);
  CHECK(seen == std::vector<Time>{Time(105s), Time(50s)});
  subscription.reset();
  clock.advance(1s);
  CHECK(seen.size() == 2);
}

TEST_CASE("manual clock: a listener may leave, bring others, or outlive the clock",
          "[base][clock]") {
  int first = 0;
  int second = 0;
  Subscription later;
  Subscription once;
  {
    ManualClock clock;
    once = clock.subscribe([&] {
      ++first;
      once.reset();
      later = clock.subscribe([&] { ++second; });
    });
    clock.advance(1s);
    clock.advance(1s);
  }
  CHECK(first == 1);
  CHECK(second == 2);  // a new one is told of the move it came in, too
}

TEST_CASE("manual clock: threads", "[base][clock]") {
  ManualClock clock(Time(0s));
  std::atomic<int> told = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) {
        const Subscription subscription = clock.subscribe([&] { ++told; });
        clock.advance(1s);
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(clock.now() == Time(800s));
  CHECK(told >= 800);
}
