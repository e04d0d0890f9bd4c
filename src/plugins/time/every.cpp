// every.cpp - a regular beat, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/time/every.hpp>

#include "plugins/time/clock_input.hpp"
#include <oche/base/error.hpp>
#include <oche/base/format.hpp>

#include <fmt/format.h>

namespace oche {

namespace {

class Beats final : public detail::Timetable {
 public:
  explicit Beats(Duration period) : period_(period) {}
  detail::Value at(Time now) const override { return detail::Value::make(last(now)); }
  Time next(Time now) const override { return last(now) + period_; }

 private:
  [[nodiscard]] Time last(Time now) const {
    const Duration since = now.time_since_epoch();
    const Duration beyond = since % period_;  // negative before 1970
    return Time(since - beyond - (beyond < Duration{} ? period_ : Duration{}));
  }
  Duration period_;
};

std::string name_of(Duration period) {
  constexpr std::pair<Duration, const char*> units[] = {
      {24h, "d"}, {1h, "h"}, {1min, "min"}, {1s, "s"}, {1ms, "ms"}, {1us, "us"}, {1ns, "ns"}};
  for (const auto& [unit, name] : units) {
    if (period % unit == Duration{}) return fmt::format("every {}{}", period / unit, name);
  }
  return {};
}

}  // namespace

Term<Time> every(Duration period, Where where) {
  if (period <= Duration{}) {
    throw Error(Failure{.what = "every(period): a beat needs a period of more than nothing",
                        .kind = FailureClass::errored,
                        .where = fmt::format("{}:{}", where.file_name(), where.line())});
  }
  return detail::clock_input(where, name_of(period), std::make_unique<Beats>(period));
}

}  // namespace oche
