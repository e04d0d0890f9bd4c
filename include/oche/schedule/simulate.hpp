// simulate.hpp - when tasks would begin and end on so many slots, on a clock that is not real.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/rank.hpp>
#include <oche/schedule/tasks.hpp>

#include <span>
#include <vector>

namespace oche::schedule {

/// What there is to run on.
struct Machine {
  unsigned slots = 1;                     ///< tasks at a time; at least one
  std::vector<std::uint32_t> pools = {};  ///< the size of each, in thousandths; at least 1
};

/// How it went. What did not begin has the longest duration as its begin.
struct Timeline {
  Duration finish{};
  std::vector<Duration> begins;  ///< by task
  std::vector<TaskId> started;   ///< what works, in the order in which it began
  unsigned busiest = 0;          ///< the most that ran at a time
};

/// Whenever a slot is free the first of what is ready begins, as Rank says: the engine's own rule.
///
/// Of each pool only the first in the queue is looked at, so that what takes much of a pool is not
/// overtaken for ever, and a pool that is full holds nobody else back. What takes more than its
/// pool has takes all of it. `remaining` is by task, see Paths; empty: as if all were zero.
/// Cost: a logarithm a task. The same for the same arguments, always.
[[nodiscard]] Timeline simulate(const Tasks& tasks, const Readers& readers, const Machine& machine,
                                std::span<const Duration> remaining);

/// What holds for every order of what is ready in which no slot stays idle while it could be used.
struct Bounds {
  Duration least{};
  Duration most{};
};

/// At least the span, the work divided among the slots, and the work of each pool divided among
/// what it has; at most work/m + (1 - 1/m) span. With pools, or where something begins after any
/// one of several, at most the work.
[[nodiscard]] Bounds bounds(const Tasks& tasks, Duration span, const Machine& machine);

}  // namespace oche::schedule
