// simulate.hpp - when tasks would begin and end on so many slots, on a clock that is not real.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/queue.hpp>
#include <oche/schedule/tasks.hpp>

#include <span>
#include <vector>

namespace oche::scheduling {

/// What there is to run on.
struct Machine {
  unsigned slots = 1;                     ///< tasks at a time; at least one
  std::vector<std::uint64_t> pools = {};  ///< how much of each resource, see Pools::sizes
  Duration ageing = usual_ageing;         ///< see Ageing
};

/// How it went. What did not begin has the longest duration as its begin.
struct Timeline {
  Duration finish{};
  std::vector<Duration> begins;  ///< by task
  std::vector<TaskId> started;   ///< what works, in the order in which it began
  unsigned busiest = 0;          ///< the most that ran at a time
};

/// Whenever a slot is free the first of what is ready begins, as Queue says: the engine's own rule.
///
/// `remaining` is by task, see Paths; empty: as if all were zero.
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

}  // namespace oche::scheduling
