// step_options.hpp - how a step is to be run.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace oche {

using namespace std::chrono_literals;
using Duration = std::chrono::nanoseconds;

/// How much harm a step could do; at or above a threshold the engine asks a person first.
enum class Level : std::uint8_t { harmless, mostly_harmless, average, above_average, dangerous };

/// A set of failure classes; a literal type, so that a step can be a constant.
class FailureClasses {
 public:
  constexpr FailureClasses() = default;
  constexpr FailureClasses(std::initializer_list<FailureClass> classes) {
    for (FailureClass one : classes)
      bits_ = static_cast<std::uint8_t>(bits_ | bit(one));
  }
  [[nodiscard]] constexpr bool has(FailureClass one) const { return (bits_ & bit(one)) != 0; }
  friend constexpr bool operator==(FailureClasses, FailureClasses) = default;

 private:
  static constexpr unsigned bit(FailureClass one) { return 1u << static_cast<unsigned>(one); }
  std::uint8_t bits_ = 0;
};

/// How often to try, after which classes of failure, and how long to wait before the second try.
///
/// Each further wait is twice as long, up to an hour (or `backoff`, if that is longer); and each is
/// up to half as long again, by chance, so that what failed together does not come back together.
/// A timeout holds for each try by itself.
struct Retry {
  int attempts = 1;
  FailureClasses on = {FailureClass::errored};
  Duration backoff = 1s;
  friend constexpr bool operator==(const Retry&, const Retry&) = default;
};

/// What a step takes of each of its pools while it runs; and what a pool has.
struct Needs {
  double cpus = 1;
  std::uint64_t memory = 0;  ///< bytes
  friend constexpr bool operator==(const Needs&, const Needs&) = default;
};

/// The names of the secrets that a step reads; at most eight. Fails to compile beyond.
class SecretNames {
 public:
  struct Entry {
    std::string_view vault, name;
    friend constexpr bool operator==(const Entry&, const Entry&) = default;
  };
  constexpr SecretNames() = default;
  constexpr SecretNames(std::initializer_list<Entry> list) {
    for (const Entry& entry : list)
      entries_[count_++] = entry;
  }
  [[nodiscard]] constexpr const Entry* begin() const { return entries_; }
  [[nodiscard]] constexpr const Entry* end() const { return entries_ + count_; }
  friend constexpr bool operator==(const SecretNames&, const SecretNames&) = default;

 private:
  Entry entries_[8] = {};
  std::uint32_t count_ = 0;
};

/// The options of a step; all have defaults. Texts must be literals: they are not copied.
struct StepOptions {
  int version = 1;  ///< part of the key: raise it when the body changes its meaning
  std::string_view label = {};
  Duration timeout = {};  ///< zero: none
  Retry retry = {};
  std::optional<Duration> valid_for = {};
  Level level = Level::average;
  std::string_view pool = {};  ///< a name, or several: `lab, licence`
  int priority = 0;            ///< of what is ready, the higher goes first
  bool cancel_when_unwanted = true;
  bool keep_old_while_running = false;
  Needs needs = {};
  SecretNames secrets = {};
  /// Only brings in what an input names (a commit's tree): shown, but not counted as work done.
  bool is_reading = false;
  friend constexpr bool operator==(const StepOptions&, const StepOptions&) = default;
};

}  // namespace oche
