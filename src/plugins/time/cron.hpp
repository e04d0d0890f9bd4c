// cron.hpp - the five fields of cron: which minutes of which days.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <bitset>
#include <chrono>
#include <string>
#include <string_view>

namespace oche::detail {

/// Moments of a calendar, whatever its time zone.
class Cron {
 public:
  /// Fails: throws oche::Error for what is no such text, or names no day that ever comes.
  explicit Cron(std::string_view text);

  [[nodiscard]] bool has_day(std::chrono::year_month_day day) const;
  /// Of a day that it has; counted from midnight.
  [[nodiscard]] bool has_minute(unsigned minute) const {
    return hours_[minute / 60] && minutes_[minute % 60];
  }

 private:
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<8> weekdays_;  ///< 0: Sunday
  bool any_day_ = true;
  bool any_weekday_ = true;
};

}  // namespace oche::detail
