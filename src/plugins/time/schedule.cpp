// schedule.cpp - moments of the calendar, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/time/schedule.hpp>

#include "plugins/time/clock_input.hpp"
#include "plugins/time/cron.hpp"
#include "plugins/time/zone.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <utility>

namespace oche {

namespace {

using namespace std::chrono;
constexpr int minutes_a_day = 24 * 60;

/// Days are the zone's; a day's moments come in order, since `Zone::first` never goes back.
class Moments final : public detail::Timetable {
 public:
  Moments(detail::Cron cron, detail::Zone zone) : cron_(cron), zone_(std::move(zone)) {}

  detail::Value at(Time now) const override { return detail::Value::make(last(now)); }

  Time next(Time now) const override {
    for (local_days day = today(now) - days(1);; day += days(1)) {
      if (!cron_.has_day(year_month_day(day))) continue;
      for (int minute = 0; minute < minutes_a_day; ++minute) {
        if (!cron_.has_minute(static_cast<unsigned>(minute))) continue;
        if (const Time moment = moment_of(day, minute); moment > now) return moment;
      }
    }
  }

 private:
  [[nodiscard]] Time last(Time now) const {
    for (local_days day = today(now) + days(1);; day -= days(1)) {
      if (!cron_.has_day(year_month_day(day))) continue;
      for (int minute = minutes_a_day - 1; minute >= 0; --minute) {
        if (!cron_.has_minute(static_cast<unsigned>(minute))) continue;
        if (const Time moment = moment_of(day, minute); moment <= now) return moment;
      }
    }
  }
  [[nodiscard]] local_days today(Time now) const {
    const auto at = floor<seconds>(now);
    return floor<days>(local_seconds(at.time_since_epoch() + zone_.ahead(at)));
  }
  [[nodiscard]] Time moment_of(local_days day, int minute) const {
    return zone_.first(local_seconds(day) + minutes(minute));
  }

  detail::Cron cron_;
  detail::Zone zone_;
};

}  // namespace

Term<Time> schedule(std::string_view when, std::string_view zone, Where where) {
  try {
    std::string name(when);
    if (zone != "UTC") name += fmt::format(" {}", zone);
    return detail::clock_input(where, name,
                               std::make_unique<Moments>(detail::Cron(when), detail::Zone(zone)));
  } catch (const Error& error) {
    Failure failure = error.failure();
    failure.where = fmt::format("{}:{}", where.file_name(), where.line());
    throw Error(std::move(failure));
  }
}

}  // namespace oche
