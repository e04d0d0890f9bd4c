// schedule.cpp - moments of the calendar, in zones whose clocks are changed.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/time/schedule.hpp>

#include <oche/base/error.hpp>
#include <oche/term/step.hpp>
#include <oche/testing/testing.hpp>

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::testing;
using namespace std::chrono;

namespace {

Time utc(int y, unsigned m, unsigned d, int hour, int minute = 0, int second = 0) {
  return sys_days(year(y) / month(m) / day(d)) + hours(hour) + minutes(minute) + seconds(second);
}

/// The moments of a schedule in a span, as an engine meets them on its clock.
std::vector<Time> moments(std::string_view when, std::string_view zone, Time from, Duration span) {
  std::vector<Time> seen;
  TestEngine engine{{.start = from}};
  const Evaluation run = engine.start(
      map([&](const Time& at) { return seen.push_back(at), Unit{}; }, schedule(when, zone)));
  engine.advance(span);
  return seen;
}

std::string said(std::string_view when, std::string_view zone = "UTC") {
  try {
    (void)schedule(when, zone);
  } catch (const Error& error) {
    return render(error.failure());
  }
  return {};
}

}  // namespace

TEST_CASE("schedule: working days at three", "[plugins][time]") {
  // 2026-11-20 is a Friday.
  const std::vector<Time> expected = {utc(2026, 11, 20, 3), utc(2026, 11, 23, 3),
                                      utc(2026, 11, 24, 3)};
  CHECK(moments("0 3 * * 1-5", "UTC", utc(2026, 11, 20, 12), 96h) == expected);
  CHECK(moments("0 3 * * mon-fri", "UTC", utc(2026, 11, 20, 12), 96h) == expected);
}

TEST_CASE("schedule: steps, lists, names and words", "[plugins][time]") {
  const Time from = utc(2026, 1, 1, 0, 0, 1);
  CHECK(moments("*/20 8-9 * * *", "UTC", from, 24h) ==
        std::vector<Time>{utc(2025, 12, 31, 9, 40), utc(2026, 1, 1, 8), utc(2026, 1, 1, 8, 20),
                          utc(2026, 1, 1, 8, 40), utc(2026, 1, 1, 9), utc(2026, 1, 1, 9, 20),
                          utc(2026, 1, 1, 9, 40)});
  CHECK(moments("5,10 0 1 jan,Mar *", "UTC", from, 60 * 24h) ==
        std::vector<Time>{utc(2025, 3, 1, 0, 10), utc(2026, 1, 1, 0, 5), utc(2026, 1, 1, 0, 10),
                          utc(2026, 3, 1, 0, 5), utc(2026, 3, 1, 0, 10)});
  CHECK(moments("@hourly", "UTC", from, 2h).size() == 3);
  CHECK(moments("@daily", "UTC", from, 48h) ==
        std::vector<Time>{utc(2026, 1, 1, 0), utc(2026, 1, 2, 0), utc(2026, 1, 3, 0)});
  CHECK(moments("@weekly", "UTC", from, 1h) == std::vector<Time>{utc(2025, 12, 28, 0)});
  CHECK(moments("@monthly", "UTC", from, 1h) == std::vector<Time>{utc(2026, 1, 1, 0)});
  CHECK(moments("@yearly", "UTC", from - 2s, 1h) ==
        std::vector<Time>{utc(2025, 1, 1, 0), utc(2026, 1, 1, 0)});
}

TEST_CASE("schedule: with both days restricted, either will do", "[plugins][time]") {
  // The 13th, and every Friday (in March 2026: 6, 13, 20, 27).
  CHECK(moments("0 0 13 * 5", "UTC", utc(2026, 3, 1, 0), 30 * 24h) ==
        std::vector<Time>{utc(2026, 2, 27, 0), utc(2026, 3, 6, 0), utc(2026, 3, 13, 0),
                          utc(2026, 3, 20, 0), utc(2026, 3, 27, 0)});
}

TEST_CASE("schedule: the 29th of February comes every four years, and once after eight",
          "[plugins][time]") {
  CHECK(moments("0 0 29 2 *", "UTC", utc(2096, 1, 1, 0), 10 * 366 * 24h) ==
        std::vector<Time>{utc(2092, 2, 29, 0), utc(2096, 2, 29, 0), utc(2104, 2, 29, 0)});
}

TEST_CASE("schedule: a zone is a distance from UTC", "[plugins][time]") {
  CHECK(moments("0 3 * * *", "+02:00", utc(2026, 1, 2, 0), 24h) ==
        std::vector<Time>{utc(2026, 1, 1, 1), utc(2026, 1, 2, 1)});
  CHECK(moments("0 3 * * *", "-0330", utc(2026, 1, 2, 0), 24h) ==
        std::vector<Time>{utc(2026, 1, 1, 6, 30), utc(2026, 1, 2, 6, 30)});
}

TEST_CASE("schedule: what clocks leave out comes when they are changed; what they show twice, once",
          "[plugins][time]") {
  // Berlin, 2026-03-29 at 01:00 UTC: from 02:00 to 03:00.
  CHECK(moments("30 2 * * *", "Europe/Berlin", utc(2026, 3, 28, 12), 48h) ==
        std::vector<Time>{utc(2026, 3, 28, 1, 30), utc(2026, 3, 29, 1), utc(2026, 3, 30, 0, 30)});
  // 2026-10-25 at 01:00 UTC: from 03:00 back to 02:00.
  CHECK(moments("30 2 * * *", "Europe/Berlin", utc(2026, 10, 24, 12), 48h) ==
        std::vector<Time>{utc(2026, 10, 24, 0, 30), utc(2026, 10, 25, 0, 30),
                          utc(2026, 10, 26, 1, 30)});
  // South of the equator, and by half an hour.
  CHECK(moments("15 2 * * *", "Australia/Lord_Howe", utc(2026, 10, 3, 0), 24h) ==
        std::vector<Time>{utc(2026, 10, 2, 15, 45), utc(2026, 10, 3, 15, 30)});
}

TEST_CASE("schedule: years that the zone's file does not list go by its rule", "[plugins][time]") {
  CHECK(moments("0 12 1 1,7 *", "Europe/Berlin", utc(2099, 1, 1, 0), 366 * 24h) ==
        std::vector<Time>{utc(2098, 7, 1, 10), utc(2099, 1, 1, 11), utc(2099, 7, 1, 10),
                          utc(2100, 1, 1, 11)});
}

TEST_CASE("schedule: what it cannot read, it names", "[plugins][time]") {
  const std::string text = said("0 25 * * *");
  CHECK_THAT(text, Catch::StartsWith("error: \"25\" is no hour\n"));
  CHECK_THAT(text, Catch::Contains("schedule.cpp:"));
  CHECK_THAT(text, Catch::Contains("schedule   0 25 * * *\n") || Catch::Contains("0 25 * * *\n"));
  CHECK_THAT(said("0 3 * *"), Catch::StartsWith("error: a schedule has five fields, not 4\n"));
  CHECK_THAT(said("0 3 31 2 *"),
             Catch::StartsWith("error: no month of this schedule has such a day\n"));
  for (const char* bad : {"", "a * * * *", "5-1 * * * *", "*/0 * * * *", "1,, * * * *", "* * 0 * *",
                          "* * * 13 *", "* * * * 8", "1- * * * *", "@never"}) {
    INFO(bad);
    CHECK_FALSE(said(bad).empty());
  }
  CHECK_THAT(said("@daily", "Europe/Berlni"), Catch::Contains("did you mean \"Europe/Berlin\"?"));
  for (const char* zone : {"", "../../etc/passwd", "/etc/passwd", "+19:00", "+1", "Europe"}) {
    INFO(zone);
    CHECK_FALSE(said("@daily", zone).empty());
  }
}
