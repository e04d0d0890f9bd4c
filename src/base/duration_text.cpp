// duration_text.cpp - durations as text, and back.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "base/number_text.hpp"
#include "base/ticks.hpp"
#include "base/time_text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace oche::detail {
namespace {

struct Unit {
  std::string_view name;
  Period period;
};
constexpr std::array<Unit, 7> units = {{{"ns", {1, 1'000'000'000}},
                                        {"us", {1, 1'000'000}},
                                        {"ms", {1, 1'000}},
                                        {"s", {1, 1}},
                                        {"min", {60, 1}},
                                        {"h", {3'600, 1}},
                                        {"d", {86'400, 1}}}};

std::string name_of(Period period) {
  for (const Unit& unit : units)
    if (unit.period == period) return std::string(unit.name);
  return fmt::format("*{}/{}s", period.num, period.den);
}

bool take_positive(std::string_view& text, std::int64_t& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return problem == std::errc() && number > 0;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

bool read_unit(std::string_view text, Period& period) {
  for (const Unit& unit : units) {
    if (text == unit.name) {
      period = unit.period;
      return true;
    }
  }
  return take(text, '*') && take_positive(text, period.num) && take(text, '/') &&
         take_positive(text, period.den) && text == "s";
}

constexpr Type whole_number = [] {
  Type t;
  t.shape = Shape::integer;
  t.width = sizeof(std::int64_t);
  return t;
}();
constexpr Type real_number = [] {
  Type t;
  t.shape = Shape::real;
  t.width = sizeof(double);
  return t;
}();

std::string read_real_duration(const Type& type, void* self, std::string_view text) {
  double value = 0;
  Period given;
  std::string_view rest = text;
  if (!take_number(real_number, &value, rest).empty() || !read_unit(rest, given))
    return "expected a duration such as \"1.5s\"";
  const Period own{type.num, type.den};
  if (given != own)
    value = value * static_cast<double>(given.num) / static_cast<double>(given.den) *
            static_cast<double>(own.den) / static_cast<double>(own.num);
  const Type& number = number_of(type);
  // A float takes the nearest it can hold, as it does from a number in a program.
  if (number.width == sizeof(float)) value = static_cast<double>(static_cast<float>(value));
  return store_real(number, self, value) ? std::string() : fmt::format("{} does not fit", text);
}

}  // namespace

void write_duration(const Type& type, const void* self, std::string& out) {
  write_number(number_of(type), self, out);
  out += name_of({type.num, type.den});
}

std::string read_duration(const Type& type, void* self, std::string_view text) {
  const Type& number = number_of(type);
  if (number.shape == Shape::real) return read_real_duration(type, self, text);
  const Period own{type.num, type.den};
  std::string_view rest = text;
  Period given;
  // In its own unit it may be anything that the type holds.
  if (take_number(number, self, rest).empty() && read_unit(rest, given) && given == own) return {};
  std::int64_t count = 0;
  rest = text;
  if (!take_number(whole_number, &count, rest).empty() || !read_unit(rest, given))
    return "expected a duration such as \"90s\"";
  const std::optional<std::int64_t> ticks = convert_signed(count, given, own);
  if (!ticks) return fmt::format("{} is no whole number of {}", text, name_of(own));
  const bool fits =
      number.shape == Shape::integer
          ? store_integer(number, self, *ticks)
          : *ticks >= 0 && store_natural(number, self, static_cast<std::uint64_t>(*ticks));
  return fits ? std::string() : fmt::format("{} does not fit", text);
}

}  // namespace oche::detail
