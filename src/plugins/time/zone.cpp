// zone.cpp - what clocks show in a time zone: the system's files, read once.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
//
// Source: RFC 8536 (The Time Zone Information Format).
#include "plugins/time/zone.hpp"

#include "base/text.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace oche::detail {

namespace fs = std::filesystem;
using namespace std::chrono;

namespace {

constexpr const char* folder = "/usr/share/zoneinfo";

[[noreturn]] void refuse(std::string_view name) {
  std::vector<std::string> known;
  std::error_code ignored;
  for (auto entry = fs::recursive_directory_iterator(folder, ignored);
       entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    known.push_back(entry->path().lexically_relative(folder).string());
  }
  Failure failure{.what = fmt::format("there is no time zone \"{}\" here", name),
                  .kind = FailureClass::errored,
                  .hint = "UTC, a distance as in +02:00, or a name as in Europe/Berlin"};
  if (std::string near = did_you_mean(name, known); !near.empty()) failure.hint = std::move(near);
  throw Error(std::move(failure));
}

/// `+02:00`, `-0330`
std::optional<seconds> distance(std::string_view text) {
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  std::string digits;
  for (const char c : text.substr(1)) {
    if (c == ':' && digits.size() == 2) continue;
    if (c < '0' || c > '9') return std::nullopt;
    digits += c;
  }
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4) return std::nullopt;
  const int number = std::stoi(digits);
  if (number / 100 > 18 || number % 100 > 59) return std::nullopt;
  const seconds far = hours(number / 100) + minutes(number % 100);
  return text[0] == '-' ? -far : far;
}

/// Whole numbers, the largest byte first, from one place to the next.
class Bytes {
 public:
  explicit Bytes(const std::string& bytes) : left_(bytes) {}
  [[nodiscard]] std::int64_t number(std::size_t width) {
    const std::string_view text = take(width);
    std::uint64_t value = text.empty() || text[0] >= 0 ? 0 : ~std::uint64_t{0};
    for (const char c : text)
      value = (value << 8U) | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(value);
  }
  std::string_view take(std::size_t count) {
    if (count > left_.size()) throw std::out_of_range("it ends too early");
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
  }
  [[nodiscard]] std::string_view left() const { return left_; }

 private:
  std::string_view left_;
};

struct Header {
  std::size_t is_utc, is_standard, leaps, times, types, letters;
};

Header header(Bytes& bytes) {
  if (bytes.take(4) != "TZif") throw std::out_of_range("it is no such file");
  bytes.take(16);
  Header read{};
  for (std::size_t* count :
       {&read.is_utc, &read.is_standard, &read.leaps, &read.times, &read.types, &read.letters})
    *count = static_cast<std::size_t>(bytes.number(4));
  return read;
}

}  // namespace

Zone::Zone(std::string_view name) {
  if (name == "UTC" || name == "Z") return;
  if (const auto far = distance(name)) {
    before_ = *far;
    return;
  }
  const fs::path relative(name);
  const bool is_inside =
      relative.is_relative() && relative == relative.lexically_normal() && !name.starts_with("..");
  const fs::path file = fs::path(folder) / relative;
  std::error_code ignored;
  if (name.empty() || !is_inside || !fs::is_regular_file(file, ignored)) refuse(name);
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  try {
    read(bytes);
  } catch (const std::out_of_range& error) {
    throw Error(Failure{.what = "a time zone's file cannot be read",
                        .kind = FailureClass::errored,
                        .facts = {{"file", file.string()}, {"reason", error.what()}}});
  }
}

void Zone::read(const std::string& whole) {
  Bytes bytes(whole);
  // The first part is for programs that know of no more than 32 bits.
  const Header old = header(bytes);
  bytes.take(old.times * 5 + old.types * 6 + old.letters + old.leaps * 8 + old.is_standard +
             old.is_utc);
  const Header counts = header(bytes);
  for (std::size_t i = 0; i < counts.times; ++i)
    changes_.push_back({sys_seconds(seconds(bytes.number(8))), {}});
  const std::string_view which = bytes.take(counts.times);
  std::vector<seconds> aheads;
  for (std::size_t i = 0; i < counts.types; ++i) {
    aheads.emplace_back(bytes.number(4));
    bytes.take(2);
  }
  if (aheads.empty()) throw std::out_of_range("it names no time");
  before_ = aheads.front();
  for (std::size_t i = 0; i < changes_.size(); ++i)
    changes_[i].ahead = aheads.at(static_cast<unsigned char>(which[i]));
  bytes.take(counts.letters + counts.leaps * 12 + counts.is_standard + counts.is_utc);
  std::string_view footer = bytes.left();
  if (footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n') return;
  footer = footer.substr(1, footer.size() - 2);
  if (const auto rule = ZoneRule::parse(footer)) {
    rule_ = *rule;
    has_rule_ = true;
  }
}

seconds Zone::ahead(sys_seconds at) const {
  if (has_rule_ && (changes_.empty() || at >= changes_.back().at)) return rule_.ahead(at);
  const auto later = std::upper_bound(changes_.begin(), changes_.end(), at,
                                      [](sys_seconds t, const Change& c) { return t < c.at; });
  return later == changes_.begin() ? before_ : std::prev(later)->ahead;
}

/// Clocks are changed at most once within two days.
sys_seconds Zone::first(local_seconds shown) const {
  const sys_seconds about(shown.time_since_epoch());
  sys_seconds low = about - days(1);
  sys_seconds high = about + days(1);
  const seconds before = ahead(low);
  const seconds after = ahead(high);
  if (before == after) return about - before;
  while (high - low > seconds(1)) {
    const sys_seconds middle = low + (high - low) / 2;
    (ahead(middle) == before ? low : high) = middle;
  }
  if (about - before < high) return about - before;
  return std::max(about - after, high);  // what clocks leave out comes when they are changed
}

}  // namespace oche::detail
