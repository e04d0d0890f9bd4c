// cron.cpp - the five fields of cron: which minutes of which days.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/time/cron.hpp"

#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace oche::detail {

namespace {

struct Field {
  const char* name;
  unsigned least;
  unsigned most;
  std::string_view names;  ///< three letters each, from `least` on
};

constexpr std::array<Field, 5> fields = {{{"minute", 0, 59, {}},
                                          {"hour", 0, 23, {}},
                                          {"day of the month", 1, 31, {}},
                                          {"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
                                          {"day of the week", 0, 7, "sunmontuewedthufrisat"}}};

[[noreturn]] void refuse(std::string_view text, std::string what) {
  throw Error(Failure{.what = std::move(what),
                      .kind = FailureClass::errored,
                      .facts = {{"schedule", std::string(text)}},
                      .hint = "five fields: minute hour day month weekday, as in \"0 3 * * 1-5\""});
}

std::optional<unsigned> number(std::string_view text, const Field& field) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) {
    return value >= field.least && value <= field.most ? std::optional(value) : std::nullopt;
  }
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (low.size() != 3) return std::nullopt;
  for (std::size_t at = 0; at < field.names.size(); at += 3) {
    if (field.names.substr(at, 3) == low) return field.least + static_cast<unsigned>(at / 3);
  }
  return std::nullopt;
}

/// One of a list: `*`, `5`, `1-5`, each with `/2` perhaps. False if it is none.
template <std::size_t N>
bool add(std::string_view part, const Field& field, std::bitset<N>& set) {
  unsigned step = 1;
  const std::size_t slash = part.find('/');
  if (slash != part.npos) {
    const auto given = number(part.substr(slash + 1), {"", 1, field.most, {}});
    if (!given) return false;
    step = *given;
    part = part.substr(0, slash);
  }
  unsigned from = field.least;
  unsigned to = field.most;
  if (part != "*") {
    const std::size_t dash = part.find('-');
    const auto first = number(part.substr(0, dash), field);
    const auto last = dash == part.npos ? first : number(part.substr(dash + 1), field);
    if (!first || !last || *first > *last) return false;
    from = *first;
    // `5/10` is from 5 on; `5` is 5.
    to = dash == part.npos && slash != part.npos ? field.most : *last;
  }
  for (unsigned value = from; value <= to; value += step)
    set[value] = true;
  return true;
}

template <std::size_t N>
void read(std::string_view whole, std::string_view text, const Field& field, std::bitset<N>& set) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    if (!add(part, field, set)) {
      refuse(whole, fmt::format("\"{}\" is no {}", part, field.name));
    }
    at = end + 1;
  }
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> all;
  for (std::size_t at = text.find_first_not_of(" \t"); at != text.npos;) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    all.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(" \t", end);
  }
  return all;
}

std::string_view expanded(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {{"@hourly", "0 * * * *"},
                                                                     {"@daily", "0 0 * * *"},
                                                                     {"@weekly", "0 0 * * 0"},
                                                                     {"@monthly", "0 0 1 * *"},
                                                                     {"@yearly", "0 0 1 1 *"}};
  for (const auto& [name, meaning] : known) {
    if (text == name) return meaning;
  }
  return text;
}

}  // namespace

Cron::Cron(std::string_view text) {
  const std::vector<std::string_view> parts = words(expanded(text));
  if (parts.size() != fields.size()) {
    refuse(text, fmt::format("a schedule has five fields, not {}", parts.size()));
  }
  read(text, parts[0], fields[0], minutes_);
  read(text, parts[1], fields[1], hours_);
  read(text, parts[2], fields[2], days_);
  read(text, parts[3], fields[3], months_);
  read(text, parts[4], fields[4], weekdays_);
  if (weekdays_[7]) weekdays_[0] = true;
  any_day_ = parts[2].starts_with('*');
  any_weekday_ = parts[4].starts_with('*');
  constexpr unsigned lengths[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (unsigned month = 1; month <= 12; ++month) {
    for (unsigned day = 1; day <= lengths[month]; ++day) {
      if (months_[month] && (days_[day] || !any_weekday_)) return;
    }
  }
  refuse(text, "no month of this schedule has such a day");
}

/// With both days restricted, either will do, as it always was with cron.
bool Cron::has_day(std::chrono::year_month_day day) const {
  if (!months_[static_cast<unsigned>(day.month())]) return false;
  const bool is_day = days_[static_cast<unsigned>(day.day())];
  const std::chrono::weekday weekday{std::chrono::sys_days(day)};
  const bool is_weekday = weekdays_[weekday.c_encoding()];
  if (any_day_ || any_weekday_) return is_day && is_weekday;
  return is_day || is_weekday;
}

}  // namespace oche::detail
