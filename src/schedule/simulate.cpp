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

namespace oche::scheduling {
namespace {

class Simulation {
 public:
  Simulation(const Tasks& tasks, const Readers& readers, const Machine& machine,
             std::span<const Duration> remaining)
      : tasks_(tasks),
        readers_(readers),
        remaining_(remaining),
        queue_(std::max(1u, machine.slots), machine.pools, machine.ageing),
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
      made_.finish = running_.top().at;
      while (!running_.empty() && running_.top().at == made_.finish) {
        queue_.end({running_.top().line, {}});
        done(running_.top().task);
        running_.pop();
      }
    }
  }

 private:
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
      queue_.push(task, tasks_[task].priority, remaining, turn_++, made_.finish,
                  tasks_.claims()[tasks_[task].claim]);
    }
    ready_.clear();
  }

  void start() {
    while (const auto next = queue_.next()) {
      const auto& [task, place] = *next;
      made_.begins[task] = made_.finish;
      made_.started.push_back(task);
      running_.push({made_.finish + tasks_[task].duration, task, place.line});
      made_.busiest = std::max(made_.busiest, static_cast<unsigned>(running_.size()));
    }
  }

  const Tasks& tasks_;
  const Readers& readers_;
  std::span<const Duration> remaining_;
  Queue<TaskId> queue_;
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
