// zone_rule.hpp - when the clocks of a zone are changed each year.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace oche::detail {

/// What POSIX writes as `CET-1CEST,M3.5.0,M10.5.0/3`.
/// Source: POSIX.1-2017, Base Definitions, 8.3 (TZ), with the hours of RFC 8536, 3.3.1.
class ZoneRule {
 public:
  ZoneRule() = default;
  /// Nothing if it is no such text.
  [[nodiscard]] static std::optional<ZoneRule> parse(std::string_view text);

  [[nodiscard]] std::chrono::seconds ahead(std::chrono::sys_seconds at) const;

 private:
  /// A day of any year, and seconds from its midnight.
  struct Moment {
    enum class Kind { month_week_day, day_without_leap, day_with_leap } kind = Kind::month_week_day;
    unsigned month = 0, week = 0, day = 0;
    std::chrono::seconds time{7200};
    [[nodiscard]] std::chrono::local_seconds in(std::chrono::year year) const;
  };
  friend class ZoneRuleReader;

  std::chrono::seconds standard_{0};
  std::optional<std::chrono::seconds> summer_;
  Moment begins_;
  Moment ends_;
};

}  // namespace oche::detail
