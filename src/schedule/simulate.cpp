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
    tasks_.reserve(tasks.size());
    for (TaskId task = 0; task < tasks.size(); ++task) {
      const Task& from = tasks[task];
      const std::size_t needs = tasks.needs(task).size();
      const bool any = from.begin == Begin::after_any;
      tasks_.push_back(
          {.readers = readers.of(task),
           .begin = Duration::max(),
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
        queue_.end({running_.top().line, {}});
        done(running_.top().task);
        running_.pop();
      }
    }
    made_.begins.reserve(tasks_.size());
    for (const State& one : tasks_)
      made_.begins.push_back(one.begin);
    return std::move(made_);
  }

 private:
  struct State {
    std::span<const TaskId> readers;
    Duration begin;
    Duration duration;
    Duration remaining;
    std::uint32_t missing;
    int priority;
    ClaimId claim;
    bool works;
  };
  struct Ready {
    TaskId task;
    Duration duration;
  };
  struct Ending {
    Duration at;
    TaskId task;
    std::uint32_t line;  ///< of the queue
    friend bool operator>(const Ending& a, const Ending& b) {
      return a.at != b.at ? a.at > b.at : a.task > b.task;
    }
  };

  /// All that it needs has ended.
  void allow(TaskId task) { (tasks_[task].works ? ready_ : idle_).push_back(task); }

  void done(TaskId task) {
    for (const TaskId reader : tasks_[task].readers) {
      std::uint32_t& missing = tasks_[reader].missing;
      if (missing > 0 && --missing == 0) allow(reader);
    }
  }

  void follow() {
    while (!idle_.empty()) {
      const TaskId task = idle_.back();
      idle_.pop_back();
      tasks_[task].begin = made_.finish;
      done(task);
    }
    std::sort(ready_.begin(), ready_.end());
    for (const TaskId task : ready_) {
      const State& state = tasks_[task];
      queue_.push({task, state.duration}, state.priority, state.remaining, turn_++, made_.finish,
                  claims_[state.claim]);
    }
    ready_.clear();
  }

  void start() {
    while (const auto next = queue_.next()) {
      const auto& [ready, place] = *next;
      ask_ahead(ready.task);
      made_.started.push_back(ready.task);
      running_.push({made_.finish + ready.duration, ready.task, place.line});
      made_.busiest = std::max(made_.busiest, static_cast<unsigned>(running_.size()));
      tasks_[ready.task].begin = made_.finish;
    }
  }

  /// For what is known of a task that begins; for the numbers of the readers of the one before, of
  /// which all is known by now; and for the readers of the one before that.
  void ask_ahead(TaskId task) {
    constexpr std::size_t few = 4;
    __builtin_prefetch(&tasks_[task], 1);
    const TaskId before = std::exchange(begun_[0], task);
    __builtin_prefetch(tasks_[before].readers.data());
    const std::span<const TaskId> readers = tasks_[std::exchange(begun_[1], before)].readers;
    for (const TaskId reader : readers.first(std::min(few, readers.size())))
      __builtin_prefetch(&tasks_[reader], 1);
  }

  const Claims& claims_;
  Queue<Ready> queue_;
  std::vector<State> tasks_;
  std::vector<TaskId> ready_;
  std::vector<TaskId> idle_;  ///< take no time, and may be done
  std::priority_queue<Ending, std::vector<Ending>, std::greater<>> running_;
  std::uint64_t turn_ = 0;
  TaskId begun_[2] = {};  ///< last
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
