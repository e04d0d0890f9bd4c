// paths.hpp - the longest path through tasks, and what each task has to do with it.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/tasks.hpp>

#include <vector>

namespace oche::scheduling {

/// How tasks go with as many slots as they like.
///
/// Where a task begins after any one of several, the one that ends first counts as all it needs.
/// Cost: linear in tasks and needs, without recursion.
class Paths {
 public:
  /// Keeps nothing of `tasks`. Fails: throws std::logic_error if tasks need each other.
  Paths(const Tasks& tasks, const Readers& readers);

  /// From the first begin to the last end.
  [[nodiscard]] Duration span() const { return span_; }
  /// When it can begin at the earliest.
  [[nodiscard]] Duration begin(TaskId task) const { return begins_[task]; }
  /// Its own time and the longest path behind it.
  [[nodiscard]] Duration remaining(TaskId task) const { return remaining_[task]; }
  [[nodiscard]] std::span<const Duration> remaining() const { return remaining_; }
  /// How much longer it could take without making the whole longer.
  [[nodiscard]] Duration slack(TaskId task) const {
    return span_ - begins_[task] - remaining_[task];
  }
  /// One longest path, in order, with what takes no time.
  [[nodiscard]] const std::vector<TaskId>& critical() const { return critical_; }
  /// For each task of `critical()`, how much sooner the whole would end if it took no time. Of any
  /// other task that is nothing.
  /// Where something begins after any one of several it may be more than is said here.
  /// Cost: linear but for what leads past critical tasks, which takes a logarithm.
  [[nodiscard]] std::vector<Duration> drags(const Tasks& tasks) const;

 private:
  [[nodiscard]] std::span<const TaskId> needs(const Tasks& tasks, TaskId task) const;
  void find_order(const Tasks& tasks, const Readers& readers);
  void settle(const Tasks& tasks, TaskId task);
  void find_remaining(const Tasks& tasks);
  void find_critical(const Tasks& tasks);

  Duration span_{};
  std::vector<Duration> begins_;
  std::vector<Duration> remaining_;
  std::vector<TaskId> order_;  ///< all tasks, each after what it needs
  std::vector<TaskId> critical_;
  std::vector<TaskId> chosen_;  ///< by task, of those with a choice; empty if there are none
};

}  // namespace oche::scheduling
