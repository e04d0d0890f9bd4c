// tasks.cpp - what is to be done, and after what, in plain arrays.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/tasks.hpp>

namespace oche::scheduling {

void Tasks::reserve(std::size_t tasks, std::size_t needs) {
  tasks_.reserve(tasks);
  starts_.reserve(tasks + 1);
  needs_.reserve(needs);
}

TaskId Tasks::add(const Task& task, std::span<const TaskId> needs) {
  const TaskId id = size();
  tasks_.push_back(task);
  work_ += task.duration;
  needs_.insert(needs_.end(), needs.begin(), needs.end());
  starts_.push_back(static_cast<std::uint32_t>(needs_.size()));
  if (task.begin == Begin::after_any && needs.size() > 1) has_choices_ = true;
  return id;
}

Readers::Readers(const Tasks& tasks) : starts_(std::size_t{tasks.size()} + 2) {
  for (TaskId task = 0; task < tasks.size(); ++task) {
    for (const TaskId need : tasks.needs(task))
      ++starts_[need + 2];
  }
  for (std::size_t i = 2; i < starts_.size(); ++i)
    starts_[i] += starts_[i - 1];
  readers_.resize(starts_.back());
  // starts_[need + 1] moves from where its readers begin to where they end.
  for (TaskId task = 0; task < tasks.size(); ++task) {
    for (const TaskId need : tasks.needs(task))
      readers_[starts_[need + 1]++] = task;
  }
}

}  // namespace oche::scheduling
