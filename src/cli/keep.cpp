// keep.cpp - the words of `gc --keep`.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/keep.hpp"

#include "cli/commands.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

namespace oche::cli {

namespace {

using Unit = std::pair<std::string_view, std::uint64_t>;

constexpr std::array<Unit, 5> ages = {
    {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86'400}, {"w", 604'800}}};
constexpr std::array<Unit, 9> sizes = {{{"B", 1},
                                        {"kB", 1'000},
                                        {"MB", 1'000'000},
                                        {"GB", 1'000'000'000},
                                        {"TB", 1'000'000'000'000},
                                        {"KiB", std::uint64_t{1} << 10U},
                                        {"MiB", std::uint64_t{1} << 20U},
                                        {"GiB", std::uint64_t{1} << 30U},
                                        {"TiB", std::uint64_t{1} << 40U}}};
constexpr std::uint64_t default_days = 30;

[[noreturn]] void refuse(const std::string& word, std::string why) {
  throw WrongUsage(Failure{.what = fmt::format("--keep {}: {}", word, why),
                           .hint = "an age such as 30d, a number of attempts such as 20, or a size "
                                   "such as 5GB; each at most once"});
}

template <class Units>
const Unit* unit_of(const Units& units, std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.first == name) return &unit;
  }
  return nullptr;
}

std::uint64_t product(const std::string& word, std::uint64_t number, std::uint64_t unit,
                      std::uint64_t most) {
  if (number > most / unit) refuse(word, "this is too much");
  return number * unit;
}

template <class T, class U>
void set(const std::string& word, std::optional<T>& limit, U value) {
  if (limit) refuse(word, "there is such a limit already");
  limit = static_cast<T>(value);
}

}  // namespace

Retention retention_of(const std::vector<std::string>& words) {
  constexpr std::uint64_t most_seconds = 9'000'000'000;  // of nanoseconds in 64 bits
  Retention retention;
  for (const std::string& word : words) {
    std::uint64_t number = 0;
    const char* const end = word.data() + word.size();
    const auto [rest, error] = std::from_chars(word.data(), end, number);
    if (error != std::errc()) refuse(word, "this does not begin with a number");
    const std::string_view name(rest, static_cast<std::size_t>(end - rest));
    if (name.empty()) {
      set(word, retention.attempts, number);
    } else if (const Unit* const age = unit_of(ages, name)) {
      const auto seconds = product(word, number, age->second, most_seconds);
      set(word, retention.age, std::chrono::seconds(seconds));
    } else if (const Unit* const size = unit_of(sizes, name)) {
      set(word, retention.bytes,
          product(word, number, size->second, std::numeric_limits<std::uint64_t>::max()));
    } else {
      refuse(word, fmt::format("there is no unit \"{}\"", name));
    }
  }
  if (words.empty()) retention.age = std::chrono::hours(24 * default_days);
  return retention;
}

std::string text_of_size(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 5> names = {"B", "kB", "MB", "GB", "TB"};
  auto number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 1000 && unit + 1 < names.size(); ++unit)
    number /= 1000;
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", number, names[unit]);
}

}  // namespace oche::cli
