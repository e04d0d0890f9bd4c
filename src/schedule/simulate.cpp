// simulate.cpp - when tasks would begin and end on so many slots, on a clock that is not real.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/simulate.hpp>

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

// Goal: what the engine would do if each task took its time exactly. Time jumps from end to end.
// At each moment everything that ends then is taken first, with all that follows from it without
// work; what has become ready joins the queue in the order of the tasks; then slots are filled.
// Tasks go in another order than they are numbered in, and in a large pipeline the memory is waited
// for at each: so all that is asked of a task lies together, and what its end will touch is asked
// for when it and those after it begin.

namespace oche::scheduling {
namespace {

class Simulation {
 public:
  Simulation(const Tasks& tasks, const Readers& readers, const Machine& machine,
             std::span<const Duration> remaining)
      : claims_(tasks.claims()),
        queue_(std::max(1u, machine.slots), machine.pools, machine.ageing) {
    made_.begins.assign(tasks.size(), Duration::max());
    tasks_.reserve(tasks.size());
    for (TaskId task = 0; task < tasks.size(); ++task) {
      const Task& from = tasks[task];
      const std::size_t needs = tasks.needs(task).size();
      const bool any = from.begin == Begin::after_any;
      tasks_.push_back(
          {.readers = readers.of(task),
           .duration = from.duration,
           .remaining = remaining.empty() ? Duration{} : remaining[task],
           .missing = static_cast<std::uint32_t>(any ? std::min<std::size_t>(needs, 1) : needs),
           .priority = from.priority,
           .claim = from.claim,
           .works = from.works});
    }
  }

  Timeline run() {
    for (TaskId task = 0; task < tasks_.size(); ++task)
      if (tasks_[task].missing == 0) allow(task);
    while (true) {
      follow();
      start();
      if (running_.empty()) break;
      made_.finish = running_.top().at;
      while (!running_.empty() && running_.top().at == made_.finish) {
        queue_.end({.line = running_.top().line});
        done(running_.top().readers);
        running_.pop();
      }
    }
    return std::move(made_);
  }

 private:
  struct alignas(64) State {
    std::span<const TaskId> readers;
    Duration duration;
    Duration remaining;
    std::uint32_t missing;
    int priority;
    ClaimId claim;
    bool works;
  };
  /// What has to be known of it when it begins and when it ends, so that nobody looks it up.
  struct Ready {
    TaskId task;
    Duration duration;
    std::span<const TaskId> readers;
  };
  struct Ending {
    Duration at;
    std::span<const TaskId> readers;
    TaskId task;
    std::uint32_t line;  ///< of the queue
    friend bool operator>(const Ending& a, const Ending& b) {
      return a.at != b.at ? a.at > b.at : a.task > b.task;
    }
  };

  /// All that it needs has ended.
  void allow(TaskId task) { (tasks_[task].works ? ready_ : idle_).push_back(task); }

  void done(std::span<const TaskId> readers) {
    for (const TaskId reader : readers) {
      std::uint32_t& missing = tasks_[reader].missing;
      if (missing > 0 && --missing == 0) allow(reader);
    }
  }

  void follow() {
    while (!idle_.empty()) {
      const TaskId task = idle_.back();
      idle_.pop_back();
      made_.begins[task] = made_.finish;
      done(tasks_[task].readers);
    }
    std::sort(ready_.begin(), ready_.end());
    for (const TaskId task : ready_) {
      const State& state = tasks_[task];
      queue_.push({task, state.duration, state.readers}, state.priority, state.remaining, turn_++,
                  made_.finish, claims_[state.claim]);
    }
    ready_.clear();
  }

  void start() {
    while (const auto next = queue_.next()) {
      const auto& [ready, place] = *next;
      ask_ahead(ready.readers);
      made_.started.push_back(ready.task);
      running_.push({made_.finish + ready.duration, ready.readers, ready.task, place.line});
      made_.busiest = std::max(made_.busiest, static_cast<unsigned>(running_.size()));
      made_.begins[ready.task] = made_.finish;
    }
  }

  /// For the numbers of the readers of what begins; for the readers of what began before the last,
  /// whose numbers are here by now.
  void ask_ahead(std::span<const TaskId> readers) {
    constexpr std::size_t few = 4;
    __builtin_prefetch(readers.data());
    const auto before = std::exchange(begun_[1], std::exchange(begun_[0], readers));
    for (const TaskId reader : before.first(std::min(few, before.size())))
      __builtin_prefetch(&tasks_[reader], 1);
  }

  const Claims& claims_;
  Queue<Ready> queue_;
  std::vector<State> tasks_;
  std::vector<TaskId> ready_;
  std::vector<TaskId> idle_;  ///< take no time, and may be done
  std::priority_queue<Ending, std::vector<Ending>, std::greater<>> running_;
  std::uint64_t turn_ = 0;
  std::span<const TaskId> begun_[2] = {};  ///< the readers of the last two
  Timeline made_;
};

/// Rounded up.
Duration divided(Duration work, std::int64_t by) {
  return Duration(work.count() / by + (work.count() % by == 0 ? 0 : 1));
}

}  // namespace

Timeline simulate(const Tasks& tasks, const Readers& readers, const Machine& machine,
                  std::span<const Duration> remaining) {
  return Simulation(tasks, readers, machine, remaining).run();
}

Bounds bounds(const Tasks& tasks, Duration span, const Machine& machine) {
  const std::int64_t slots = std::max(1u, machine.slots);
  const Duration work = tasks.work();
  Bounds made{std::max(span, divided(work, slots)), work};
  std::vector<double> in_pool(machine.pools.size());
  bool is_limited = false;
  for (TaskId task = 0; task < tasks.size(); ++task) {
    const Task& one = tasks[task];
    if (!one.works) continue;
    for (const auto& [resource, amount] : tasks.claims()[one.claim]) {
      if (resource >= machine.pools.size() || machine.pools[resource] == 0) continue;
      is_limited = true;
      const std::uint64_t size = machine.pools[resource];
      const double share = static_cast<double>(std::min(amount, size)) / static_cast<double>(size);
      in_pool[resource] += share * static_cast<double>(one.duration.count());
    }
  }
  // A little less than the sum, which is of rounded parts.
  for (const double sum : in_pool)
    made.least = std::max(made.least, Duration(static_cast<std::int64_t>(sum * (1 - 1e-9))));
  if (!is_limited && !tasks.has_choices())
    made.most = divided(work, slots) + span - Duration(span.count() / slots);
  return made;
}

}  // namespace oche::scheduling
