// number.cpp - read the numbers that reports hold, without a locale.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include "reports/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace oche::detail {
namespace {

constexpr double seconds_of_a_year = 31'536'000;

template <class Number>
std::optional<Number> whole(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return {};
  return number;
}

// A single comma is a decimal one, unless it stands where one of thousands would: `1,234`.
bool is_decimal_comma(std::string_view text) {
  if (text.find('.') != std::string_view::npos) return false;
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || comma != text.rfind(',')) return false;
  const bool three_digits = text.size() - comma == 4;
  return !three_digits || comma == 0 || text[0] == '0';
}

}  // namespace

std::chrono::microseconds read_seconds(std::string_view text) {
  std::string plain{text.substr(0, 64)};
  if (is_decimal_comma(plain)) std::replace(plain.begin(), plain.end(), ',', '.');
  std::erase(plain, ',');
  const std::optional<double> seconds = whole<double>(plain);
  if (!seconds || !std::isfinite(*seconds) || *seconds <= 0) return {};
  const double micros = std::min(*seconds, seconds_of_a_year) * 1e6;
  return std::chrono::microseconds{std::llround(micros)};
}

std::optional<double> read_rate(std::string_view text) {
  const std::optional<double> rate = whole<double>(text);
  if (!rate || !(*rate >= 0.0 && *rate <= 1.0)) return {};
  return rate;
}

std::uint32_t read_line_number(std::string_view text) {
  return whole<std::uint32_t>(text).value_or(0);
}

std::optional<bool> read_is_positive(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
  return text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace oche::detail
