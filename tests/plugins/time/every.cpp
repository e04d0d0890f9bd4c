// every.cpp - beats on a clock that stands still, jumps and is set.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/time/every.hpp>

#include <oche/base/error.hpp>
#include <oche/term/step.hpp>
#include <oche/testing/testing.hpp>

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::testing;

namespace {
const auto refresh = step("refresh", [](Job&, const Time&) {});
const Time start(std::chrono::seconds(978'307'200));  // 2001-01-01 00:00 UTC
}  // namespace

TEST_CASE("every: what depends on it is done once a beat, at its time", "[plugins][time]") {
  TestEngine engine{{.start = start + 7min}};
  engine.script("refresh", succeeds().after(1min));
  const Evaluation run = engine.start(refresh(every(15min)));
  engine.run();
  CHECK(engine.attempts("refresh") == 1);  // what was due last, at once
  engine.advance(7min);                    // at 00:15
  CHECK(engine.running().size() == 1);
  engine.advance(1h);
  CHECK(engine.attempts("refresh") == 6);
  engine.advance(1min);
  CHECK(run.outcome().is_ok());
}

TEST_CASE("every: a restart within a beat repeats nothing; of many missed, one is made up for",
          "[plugins][time]") {
  TestEngine engine{{.start = start}};
  engine.script("refresh", succeeds());
  const auto pipeline = refresh(every(1h));
  (void)engine.start(pipeline);
  CHECK(engine.attempts("refresh") == 1);
  engine.restart();
  engine.clock()->advance(59min);
  (void)engine.start(pipeline);
  CHECK(engine.attempts("refresh") == 1);
  engine.restart();
  engine.clock()->advance(10h);
  (void)engine.start(pipeline);
  CHECK(engine.attempts("refresh") == 2);
}

TEST_CASE("every: a clock that is set forward, back and right again", "[plugins][time]") {
  TestEngine engine{{.start = start}};
  engine.script("refresh", succeeds());
  const Evaluation run = engine.start(refresh(every(1h)));
  engine.advance(90min);
  CHECK(engine.attempts("refresh") == 2);
  engine.clock()->set(start + 25h);  // a day too far
  engine.look();
  CHECK(engine.attempts("refresh") == 3);
  engine.clock()->set(start + 90min);  // an earlier beat, which was done
  engine.look();
  CHECK(engine.attempts("refresh") == 3);
  engine.advance(29min);
  CHECK(engine.attempts("refresh") == 3);
  engine.advance(1min);  // it waits for the date, not for how long it had thought
  CHECK(engine.attempts("refresh") == 4);
  CHECK(run.outcome().is_ok());
}

TEST_CASE("every: nothing waits while nobody wants it", "[plugins][time]") {
  TestEngine engine{{.start = start}};
  engine.script("refresh", succeeds());
  Var<bool> wants("wants", false);
  const Evaluation run = engine.start(only_if(wants.term(), refresh(every(1h)), "not now"));
  engine.advance(5h);
  CHECK(engine.attempts("refresh") == 0);
  engine.set(wants, true);
  engine.advance(1h);
  CHECK(engine.attempts("refresh") == 2);
  engine.set(wants, false);
  engine.advance(5h);
  CHECK(engine.attempts("refresh") == 2);
}

TEST_CASE("every: before 1970, odd periods, and none", "[plugins][time]") {
  const auto seen_at = [](Duration period, Time now) {
    Time seen{};
    TestEngine engine{{.start = now}};
    (void)engine.start(map([&](const Time& at) { return (seen = at), Unit{}; }, every(period)));
    return seen;
  };
  CHECK(seen_at(7s, Time(15s)) == Time(14s));
  CHECK(seen_at(7s, Time(14s)) == Time(14s));
  CHECK(seen_at(7s, Time(-1s)) == Time(-7s));
  CHECK(seen_at(7s, Time(-7s)) == Time(-7s));
  CHECK_THROWS_AS(every(0s), Error);
  CHECK_THROWS_AS(every(-1s), Error);
}

TEST_CASE("every: its name is its period", "[plugins][time]") {
  const auto name = [](Duration period) { return std::string(Graph(every(period)).path(0)); };
  CHECK(name(15min) == "every 15min");
  CHECK(name(24h) == "every 1d");
  CHECK(name(90s) == "every 90s");
}
