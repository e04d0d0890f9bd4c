// rank.hpp - which of two pieces of ready work goes first.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/step_options.hpp>

#include <algorithm>
#include <cstdint>

namespace oche::scheduling {

/// A place in the queue: the higher priority first, then the longest path that is still to be done
/// behind it, then whoever has waited longer.
struct Rank {
  std::int64_t priority = 0;  ///< its class; see Ageing
  Duration remaining = {};    ///< its own time and that of the longest path behind it
  std::uint64_t turn = 0;     ///< counts up as work becomes ready
  friend constexpr bool operator==(const Rank&, const Rank&) = default;
};

/// True if `a` goes first.
[[nodiscard]] constexpr bool operator<(const Rank& a, const Rank& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.remaining != b.remaining) return a.remaining > b.remaining;
  return a.turn < b.turn;
}

/// Never greater for what goes first, and often the same for two that differ: the class, and the
/// path in units of about a microsecond. Of classes beyond half a million and of paths beyond 208
/// days all are the same.
[[nodiscard]] constexpr std::uint64_t rough(const Rank& rank) {
  constexpr int path_bits = 44;
  constexpr std::int64_t longest = (std::int64_t{1} << path_bits) - 1;
  constexpr std::int64_t highest = (std::int64_t{1} << (63 - path_bits)) - 1;
  if (rank.priority > highest) return 0;
  if (rank.priority < -highest) return ~std::uint64_t{0};
  const std::int64_t path = std::clamp(rank.remaining.count() >> 10, std::int64_t{0}, longest);
  return static_cast<std::uint64_t>(highest - rank.priority) << path_bits |
         static_cast<std::uint64_t>(longest - path);
}

/// How long work waits before it counts as of the next higher class.
inline constexpr Duration usual_ageing = 10min;

/// What has waited for one span longer than another is treated as if it were one class higher, so
/// that nothing waits for ever behind what is more urgent or has more to come.
///
/// Spans are counted from one moment for all, so two pieces of work that wait never change places,
/// and time passing costs nothing.
class Ageing {
 public:
  /// `span` of zero: nothing ages.
  explicit constexpr Ageing(Duration span = usual_ageing) : span_(span) {}

  /// Spans are counted from here; for when nothing waits.
  constexpr void begin(Duration now) { begun_ = now; }
  /// The class of what has this priority and waits since then.
  [[nodiscard]] constexpr std::int64_t priority(int own, Duration since) const {
    if (span_ <= Duration{}) return own;
    const std::int64_t passed = (since - begun_).count();
    const std::int64_t span = span_.count();
    return own - (passed >= 0 ? passed / span : -((-passed + span - 1) / span));
  }

 private:
  Duration span_;
  Duration begun_{};
};

}  // namespace oche::scheduling
