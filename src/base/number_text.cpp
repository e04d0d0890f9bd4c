// number_text.cpp - numbers as text, and back, whatever the locale.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/number_text.hpp"

#include "base/number.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>

namespace oche::detail {
namespace {

template <class N>
std::errc take(std::string_view& text, N& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return problem;
}

std::string out_of_range(const Type& type, std::string_view text) {
  return fmt::format("{} does not fit: {} to {}", text, lowest(type), highest(type));
}

template <class N>
std::string take_real(void* self, std::string_view& text) {
  const std::string_view whole = text;
  N number = 0;
  const std::errc problem = take(text, number);
  if (problem == std::errc::result_out_of_range)
    return fmt::format("{} does not fit", whole.substr(0, whole.size() - text.size()));
  if (problem != std::errc()) return "expected a number";
  std::memcpy(self, &number, sizeof number);
  return {};
}

}  // namespace

void write_number(const Type& type, const void* self, std::string& out) {
  auto end = std::back_inserter(out);
  if (type.shape == Shape::real) {
    const double value = load_real(type, self);
    // The shortest text of a float is shorter than that of the double it widens to.
    if (type.width == sizeof(float))
      fmt::format_to(end, "{}", static_cast<float>(value));
    else
      fmt::format_to(end, "{}", value);
  } else if (type.shape == Shape::integer) {
    fmt::format_to(end, "{}", load_integer(type, self));
  } else {
    fmt::format_to(end, "{}", load_natural(type, self));
  }
}

std::string take_number(const Type& type, void* self, std::string_view& text) {
  if (type.shape == Shape::real)
    return type.width == sizeof(float) ? take_real<float>(self, text)
                                       : take_real<double>(self, text);
  const std::string_view whole = text;
  if (whole.starts_with("-") && type.shape != Shape::integer) {
    text.remove_prefix(1);
    std::uint64_t number = 0;
    const std::errc problem = take(text, number);
    if (problem == std::errc::invalid_argument) return "expected a whole number";
    return number == 0 && problem == std::errc() && store_natural(type, self, 0)
               ? std::string()
               : out_of_range(type, whole.substr(0, whole.size() - text.size()));
  }
  bool fits = false;
  std::errc problem;
  if (type.shape == Shape::integer) {
    std::int64_t number = 0;
    problem = take(text, number);
    fits = problem == std::errc() && store_integer(type, self, number);
  } else {
    std::uint64_t number = 0;
    problem = take(text, number);
    fits = problem == std::errc() && store_natural(type, self, number);
  }
  if (problem == std::errc::invalid_argument) return "expected a whole number";
  return fits ? std::string() : out_of_range(type, whole.substr(0, whole.size() - text.size()));
}

}  // namespace oche::detail
