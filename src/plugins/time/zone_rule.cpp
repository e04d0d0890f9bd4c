// zone_rule.cpp - when the clocks of a zone are changed each year.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/time/zone_rule.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace oche::detail {

using namespace std::chrono;

/// Reads from the front; what does not fit leaves `is_good_` false.
class ZoneRuleReader {
 public:
  explicit ZoneRuleReader(std::string_view text) : left_(text) {}

  std::optional<ZoneRule> rule() {
    ZoneRule rule;
    name();
    rule.standard_ = -time();  // west of Greenwich counts up
    if (!left_.empty()) {
      name();
      rule.summer_ = left_.empty() || left_.front() == ',' ? rule.standard_ + hours(1) : -time();
      rule.begins_ = moment();
      rule.ends_ = moment();
    }
    if (!is_good_ || !left_.empty()) return std::nullopt;
    return rule;
  }

 private:
  bool take(char c) {
    if (left_.empty() || left_.front() != c) return false;
    left_.remove_prefix(1);
    return true;
  }
  void need(bool yes) { is_good_ = is_good_ && yes; }

  void name() {
    std::size_t end = 0;
    if (take('<')) {
      end = left_.find('>');
      need(end != left_.npos);
      left_.remove_prefix(std::min(end, left_.size()));
      need(take('>'));
      return;
    }
    while (end < left_.size() && std::isalpha(static_cast<unsigned char>(left_[end])) != 0)
      ++end;
    need(end >= 3);
    left_.remove_prefix(end);
  }

  unsigned number() {
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < left_.size() && digits < 4 && left_[digits] >= '0' && left_[digits] <= '9';
         ++digits)
      value = value * 10 + static_cast<unsigned>(left_[digits] - '0');
    need(digits > 0);
    left_.remove_prefix(digits);
    return value;
  }

  seconds time() {
    const bool is_negative = take('-');
    if (!is_negative) take('+');
    seconds sum = hours(number());
    if (take(':')) sum += minutes(number());
    if (take(':')) sum += seconds(number());
    return is_negative ? -sum : sum;
  }

  ZoneRule::Moment moment() {
    using Kind = ZoneRule::Moment::Kind;
    ZoneRule::Moment moment;
    need(take(','));
    if (take('M')) {
      moment.month = number();
      need(take('.'));
      moment.week = number();
      need(take('.'));
      moment.day = number();
      need(moment.month >= 1 && moment.month <= 12 && moment.week >= 1 && moment.week <= 5 &&
           moment.day <= 6);
    } else {
      moment.kind = take('J') ? Kind::day_without_leap : Kind::day_with_leap;
      moment.day = number();
      need(moment.day <= 365);
    }
    if (take('/')) moment.time = time();
    return moment;
  }

  std::string_view left_;
  bool is_good_ = true;
};

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) {
  return ZoneRuleReader(text).rule();
}

local_seconds ZoneRule::Moment::in(year y) const {
  local_days date;
  switch (kind) {
    case Kind::month_week_day: {
      const std::chrono::month m{month};
      const weekday which{day};
      // The fifth is the last one, of which there may be four.
      date = week == 5 ? local_days(y / m / which[last]) : local_days(y / m / which[week]);
      break;
    }
    case Kind::day_without_leap:  // 1 to 365; the 29th of February is never counted
      date = local_days(y / January / 1) + days(day - 1) + days(y.is_leap() && day >= 60 ? 1 : 0);
      break;
    case Kind::day_with_leap:
      date = local_days(y / January / 1) + days(day);
      break;
  }
  return date + time;
}

seconds ZoneRule::ahead(sys_seconds at) const {
  if (!summer_) return standard_;
  const year_month_day date(floor<days>(at + standard_));
  const auto begins = sys_seconds(begins_.in(date.year()).time_since_epoch() - standard_);
  const auto ends = sys_seconds(ends_.in(date.year()).time_since_epoch() - *summer_);
  // South of the equator it ends in a year before it begins.
  const bool is_summer = begins < ends ? at >= begins && at < ends : !(at >= ends && at < begins);
  return is_summer ? *summer_ : standard_;
}

}  // namespace oche::detail
