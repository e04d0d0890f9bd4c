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

namespace oche::schedule {
namespace {

class Simulation {
 public:
  Simulation(const Tasks& tasks, const Readers& readers, const Machine& machine,
             std::span<const Duration> remaining)
      : tasks_(tasks),
        readers_(readers),
        remaining_(remaining),
        free_slots_(std::max(1u, machine.slots)),
        sizes_(machine.pools),
        free_(machine.pools),
        queues_(machine.pools.size() + 1),
        missing_(tasks.size()) {
    made_.begins.assign(tasks.size(), Duration::max());
  }

  Timeline run() {
    for (TaskId task = 0; task < tasks_.size(); ++task) {
      const std::size_t needs = tasks_.needs(task).size();
      const bool any = tasks_[task].begin == Begin::after_any;
      missing_[task] = static_cast<std::uint32_t>(any ? std::min<std::size_t>(needs, 1) : needs);
      if (missing_[task] == 0) allow(task);
    }
    while (true) {
      follow();
      start();
      if (running_.empty()) return std::move(made_);
      made_.finish = running_.top().first;
      while (!running_.empty() && running_.top().first == made_.finish) {
        end(running_.top().second);
        running_.pop();
      }
    }
  }

 private:
  struct Waiting {
    Rank rank;
    TaskId task;
  };
  struct Later {
    bool operator()(const Waiting& a, const Waiting& b) const { return b.rank < a.rank; }
  };
  using Queue = std::priority_queue<Waiting, std::vector<Waiting>, Later>;
  using Ending = std::pair<Duration, TaskId>;

  /// All that it needs has ended.
  void allow(TaskId task) { (tasks_[task].works ? ready_ : idle_).push_back(task); }

  void done(TaskId task) {
    for (const TaskId reader : readers_.of(task)) {
      if (missing_[reader] > 0 && --missing_[reader] == 0) allow(reader);
    }
  }

  void follow() {
    while (!idle_.empty()) {
      const TaskId task = idle_.back();
      idle_.pop_back();
      made_.begins[task] = made_.finish;
      done(task);
    }
    std::sort(ready_.begin(), ready_.end());
    for (const TaskId task : ready_) {
      const Duration remaining = remaining_.empty() ? Duration{} : remaining_[task];
      queues_[pool_of(task)].push({{tasks_[task].priority, remaining, turn_++}, task});
    }
    ready_.clear();
  }

  void start() {
    while (free_slots_ > 0) {
      Queue* first = nullptr;
      for (Queue& queue : queues_) {
        if (queue.empty() || !fits(queue.top().task)) continue;
        if (first == nullptr || queue.top().rank < first->top().rank) first = &queue;
      }
      if (first == nullptr) return;
      const TaskId task = first->top().task;
      first->pop();
      begin(task);
    }
  }

  void begin(TaskId task) {
    --free_slots_;
    if (const std::uint32_t pool = pool_of(task); pool != 0) free_[pool - 1] -= taken(task);
    made_.begins[task] = made_.finish;
    made_.started.push_back(task);
    running_.emplace(made_.finish + tasks_[task].duration, task);
    made_.busiest = std::max(made_.busiest, static_cast<unsigned>(running_.size()));
  }

  void end(TaskId task) {
    ++free_slots_;
    if (const std::uint32_t pool = pool_of(task); pool != 0) free_[pool - 1] += taken(task);
    done(task);
  }

  /// A pool that the machine does not have limits nothing.
  [[nodiscard]] std::uint32_t pool_of(TaskId task) const {
    const std::uint32_t pool = tasks_[task].pool;
    return pool <= sizes_.size() ? pool : 0;
  }
  [[nodiscard]] std::uint32_t taken(TaskId task) const {
    return std::min(tasks_[task].takes, sizes_[pool_of(task) - 1]);
  }
  [[nodiscard]] bool fits(TaskId task) const {
    const std::uint32_t pool = pool_of(task);
    return pool == 0 || taken(task) <= free_[pool - 1];
  }

  const Tasks& tasks_;
  const Readers& readers_;
  std::span<const Duration> remaining_;
  unsigned free_slots_;
  std::vector<std::uint32_t> sizes_;
  std::vector<std::uint32_t> free_;
  std::vector<Queue> queues_;  ///< by pool
  std::vector<std::uint32_t> missing_;
  std::vector<TaskId> ready_;
  std::vector<TaskId> idle_;  ///< take no time, and may be done
  std::priority_queue<Ending, std::vector<Ending>, std::greater<>> running_;
  std::uint64_t turn_ = 0;
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
    if (!one.works || one.pool == 0 || one.pool > machine.pools.size()) continue;
    is_limited = true;
    const std::uint32_t size = machine.pools[one.pool - 1];
    const double share = static_cast<double>(std::min(one.takes, size)) / size;
    in_pool[one.pool - 1] += share * static_cast<double>(one.duration.count());
  }
  // A little less than the sum, which is of rounded parts.
  for (const double sum : in_pool)
    made.least = std::max(made.least, Duration(static_cast<std::int64_t>(sum * (1 - 1e-9))));
  if (!is_limited && !tasks.has_choices())
    made.most = divided(work, slots) + span - Duration(span.count() / slots);
  return made;
}

}  // namespace oche::schedule
