// instant_text.cpp - points in time as text, and back.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "base/ticks.hpp"
#include "base/time_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <limits>
#include <optional>

namespace oche::detail {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t billion = 1'000'000'000;
constexpr Period nanosecond{1, billion};
constexpr Period second{1, 1};
constexpr std::int64_t seconds_a_day = 86'400;
// 0000-01-01 and 10000-01-01, in seconds since 1970.
constexpr std::int64_t earliest = -62'167'219'200;
constexpr std::int64_t too_late = 253'402'300'800;

/// A point in time, `nanoseconds` after `seconds` since 1970 and never a whole second.
struct Moment {
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
};

std::optional<Moment> moment_of(std::int64_t count, Period period) {
  Moment moment;
  if (period.den == 1) {
    const std::optional<std::int64_t> seconds = convert_signed(count, period, second);
    if (!seconds) return std::nullopt;
    moment.seconds = *seconds;
  } else {
    if (period.num != 1 || billion % period.den != 0) return std::nullopt;
    moment.seconds = count / period.den;
    moment.nanoseconds = count % period.den * (billion / period.den);
    if (moment.nanoseconds < 0) {
      moment.nanoseconds += billion;
      --moment.seconds;
    }
  }
  if (moment.seconds < earliest || moment.seconds >= too_late) return std::nullopt;
  return moment;
}

/// `d` stands for a digit, anything else for itself.
bool looks_like(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == 'd' ? !digit : text[i] != pattern[i]) return false;
  }
  return true;
}

std::int64_t digits(std::string_view text) {
  std::int64_t value = 0;
  for (const char c : text)
    value = 10 * value + (c - '0');
  return value;
}

std::optional<Moment> parse(std::string_view text) {
  if (!looks_like(text, "dddd-dd-ddTdd:dd:dd")) return std::nullopt;
  const auto field = [&](std::size_t at, std::size_t size) {
    return digits(text.substr(at, size));
  };
  const year_month_day date{std::chrono::year(static_cast<int>(field(0, 4))),
                            std::chrono::month(static_cast<unsigned>(field(5, 2))),
                            std::chrono::day(static_cast<unsigned>(field(8, 2)))};
  if (!date.ok() || field(11, 2) > 23 || field(14, 2) > 59 || field(17, 2) > 59)
    return std::nullopt;
  Moment moment;
  moment.seconds = sys_days(date).time_since_epoch().count() * seconds_a_day +
                   field(11, 2) * 3'600 + field(14, 2) * 60 + field(17, 2);
  text.remove_prefix(19);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    std::int64_t scale = billion;
    while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
      scale /= 10;
      if (scale == 0) return std::nullopt;
      moment.nanoseconds += (text[0] - '0') * scale;
      text.remove_prefix(1);
    }
    if (scale == billion) return std::nullopt;
  }
  return text == "Z" ? std::optional(moment) : std::nullopt;
}

}  // namespace

void write_instant(const Type& type, const void* self, std::string& out) {
  const Type& duration = *type.element;
  const Type& number = number_of(duration);
  std::optional<Moment> moment;
  if (number.shape == Shape::integer)
    moment = moment_of(load_integer(number, self), {duration.num, duration.den});
  if (!moment) return write_duration(duration, self, out);
  // Rounded down: days before 1970 are negative.
  std::int64_t day = moment->seconds / seconds_a_day;
  std::int64_t rest = moment->seconds % seconds_a_day;
  if (rest < 0) {
    rest += seconds_a_day;
    --day;
  }
  const year_month_day date{sys_days(days(day))};
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()), rest / 3'600, rest / 60 % 60, rest % 60);
  if (moment->nanoseconds != 0) {
    std::string decimals = fmt::format(".{:09}", moment->nanoseconds);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    out += decimals;
  }
  out += 'Z';
}

std::string read_instant(const Type& type, void* self, std::string_view text) {
  const Type& duration = *type.element;
  const Type& number = number_of(duration);
  if (!looks_like(text, "dddd-")) {
    const std::string problem = read_duration(duration, self, text);
    return problem.empty() ? problem : "expected a time such as \"2001-01-31T23:59:59.5Z\"";
  }
  const std::optional<Moment> moment = parse(text);
  if (!moment) return "expected a time such as \"2001-01-31T23:59:59.5Z\"";
  const Period own{duration.num, duration.den};
  const std::optional<std::int64_t> whole = convert_signed(moment->seconds, second, own);
  const std::optional<std::int64_t> part = convert_signed(moment->nanoseconds, nanosecond, own);
  if (!whole || !part) return fmt::format("{} is finer or further away than the type holds", text);
  const bool fits = number.shape == Shape::integer &&
                    *whole <= std::numeric_limits<std::int64_t>::max() - *part &&
                    store_integer(number, self, *whole + *part);
  return fits ? std::string()
              : fmt::format("{} is finer or further away than the type holds", text);
}

}  // namespace oche::detail
