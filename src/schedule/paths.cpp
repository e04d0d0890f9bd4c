// paths.cpp - the longest path through tasks.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/paths.hpp>

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <stdexcept>
#include <utility>

// Goal: an order in which each task stands behind what it needs, and the earliest begin of each.
// Tasks are settled once all they need is. A choice (after any one of several) waits for all of
// them too, and takes the earliest. If nothing is left but what needs a choice, some of its needs
// are themselves behind a choice: then the choice whose known needs end first is settled with what
// is known, since what is not known comes behind a choice that ends no sooner.
// Where every task has a greater number than all it needs, as a pipeline's have but for few, their
// numbers are such an order, and memory is walked through from one end to the other.
// Cost: linear in tasks and needs; a logarithm for such choices only.

namespace oche::scheduling {
namespace {

bool are_in_order(const Tasks& tasks) {
  for (TaskId task = 0; task < tasks.size(); ++task)
    for (const TaskId need : tasks.needs(task))
      if (need >= task) return false;
  return true;
}

}  // namespace

Paths::Paths(const Tasks& tasks, const Readers& readers) {
  begins_.resize(tasks.size());
  if (tasks.has_choices()) chosen_.resize(tasks.size(), no_task);
  if (are_in_order(tasks)) {
    order_.resize(tasks.size());
    std::iota(order_.begin(), order_.end(), TaskId{0});
    for (const TaskId task : order_)
      settle(tasks, task);
  } else {
    find_order(tasks, readers);
  }
  find_remaining(tasks);
  find_critical(tasks);
}

std::span<const TaskId> Paths::needs(const Tasks& tasks, TaskId task) const {
  if (chosen_.empty() || chosen_[task] == no_task) return tasks.needs(task);
  return {&chosen_[task], 1};
}

void Paths::find_order(const Tasks& tasks, const Readers& readers) {
  const TaskId count = tasks.size();
  order_.reserve(count);
  std::vector<std::uint32_t> missing(count);
  for (TaskId task = 0; task < count; ++task) {
    missing[task] = static_cast<std::uint32_t>(tasks.needs(task).size());
    if (missing[task] == 0) order_.push_back(task);
  }

  using Known = std::pair<Duration, TaskId>;
  std::priority_queue<Known, std::vector<Known>, std::greater<>> known;  // choices that could be
  bool is_stuck = false;
  const auto is_open = [&](TaskId task) {
    return tasks[task].begin == Begin::after_any && missing[task] > 0;
  };
  const auto end = [&](TaskId task) { return begins_[task] + tasks[task].duration; };

  for (std::size_t next = 0; order_.size() < count || next < order_.size();) {
    for (; next < order_.size(); ++next) {
      const TaskId task = order_[next];
      settle(tasks, task);
      for (const TaskId reader : readers.of(task)) {
        if (missing[reader] == 0) continue;  // a choice that did not wait for this one
        if (--missing[reader] == 0) {
          order_.push_back(reader);
        } else if (is_stuck && is_open(reader)) {
          known.emplace(end(task), reader);
        }
      }
    }
    if (order_.size() == count) break;
    if (!std::exchange(is_stuck, true)) {
      for (const TaskId task : order_) {
        for (const TaskId reader : readers.of(task)) {
          if (is_open(reader)) known.emplace(end(task), reader);
        }
      }
    }
    while (!known.empty() && missing[known.top().second] == 0)
      known.pop();
    if (known.empty()) throw std::logic_error("oche: tasks need each other");
    const auto [when, task] = known.top();
    missing[task] = 0;
    for (const TaskId need : tasks.needs(task)) {
      const bool is_settled = missing[need] == 0 && end(need) == when;
      if (is_settled && chosen_[task] == no_task) chosen_[task] = need;
    }
    order_.push_back(task);
  }
}

void Paths::settle(const Tasks& tasks, TaskId task) {
  const auto end = [&](TaskId need) { return begins_[need] + tasks[need].duration; };
  const std::span<const TaskId> all = tasks.needs(task);
  if (!chosen_.empty() && tasks[task].begin == Begin::after_any && !all.empty() &&
      chosen_[task] == no_task) {
    chosen_[task] = *std::min_element(all.begin(), all.end(),
                                      [&](TaskId a, TaskId b) { return end(a) < end(b); });
  }
  for (const TaskId need : needs(tasks, task))
    begins_[task] = std::max(begins_[task], end(need));
  span_ = std::max(span_, end(task));
}

void Paths::find_remaining(const Tasks& tasks) {
  remaining_.resize(tasks.size());
  for (auto task = order_.rbegin(); task != order_.rend(); ++task) {
    remaining_[*task] += tasks[*task].duration;  // until now: the longest of what is behind it
    for (const TaskId need : needs(tasks, *task))
      remaining_[need] = std::max(remaining_[need], remaining_[*task]);
  }
}

void Paths::find_critical(const Tasks& tasks) {
  TaskId last = no_task;
  for (const TaskId task : order_) {
    if (begins_[task] + tasks[task].duration != span_) continue;
    // What takes time is a better last one than what only waited for it.
    if (last == no_task || tasks[task].duration > tasks[last].duration) last = task;
  }
  while (last != no_task) {
    critical_.push_back(last);
    TaskId before = no_task;
    for (const TaskId need : needs(tasks, last)) {
      if (begins_[need] + tasks[need].duration == begins_[last]) before = need;
    }
    // With nothing to wait for, the path need not be followed through what takes no time.
    last = begins_[last] == Duration{} ? no_task : before;
  }
  std::reverse(critical_.begin(), critical_.end());
}

}  // namespace oche::scheduling
