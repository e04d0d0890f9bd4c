// rank.hpp - which of two pieces of ready work goes first.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/step_options.hpp>

#include <cstdint>

namespace oche::schedule {

/// A place in the queue: the higher priority first, then the longest path that is still to be done
/// behind it, then whoever has waited longer.
struct Rank {
  int priority = 0;
  Duration remaining = {};  ///< its own time and that of the longest path behind it; zero: unknown
  std::uint64_t turn = 0;   ///< counts up as work becomes ready
  friend constexpr bool operator==(const Rank&, const Rank&) = default;
};

/// True if `a` goes first.
[[nodiscard]] constexpr bool operator<(const Rank& a, const Rank& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.remaining != b.remaining) return a.remaining > b.remaining;
  return a.turn < b.turn;
}

}  // namespace oche::schedule
