// drag.cpp - how much sooner the whole would end if one task took no time.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/paths.hpp>

#include <algorithm>

// Goal: for each task v of one longest path, the longest path that leads past v; what v saves is
// the lesser of its own time and what that path is shorter than the span.
// A path past v stands, in the order of tasks, wholly before v, wholly behind it, or has one step
// from a task before v to one behind it. The first two are running maxima. A step u -> w leads past
// the critical tasks between u and w; its longest path is the end of u plus what remains from w.
// Those are maxima over ranges of critical tasks, in a tree that is read once when it is complete.

namespace oche::scheduling {
namespace {

/// The greatest value given to any range that covers a place.
class RangeMaxima {
 public:
  explicit RangeMaxima(std::size_t places) : places_(places), tree_(2 * places) {}
  void raise(std::size_t from, std::size_t to, Duration value) {
    for (from += places_, to += places_; from < to; from /= 2, to /= 2) {
      if (from % 2 == 1) raise_one(from++, value);
      if (to % 2 == 1) raise_one(--to, value);
    }
  }
  [[nodiscard]] Duration at(std::size_t place) const {
    Duration greatest{};
    for (place += places_; place > 0; place /= 2)
      greatest = std::max(greatest, tree_[place]);
    return greatest;
  }

 private:
  void raise_one(std::size_t at, Duration value) { tree_[at] = std::max(tree_[at], value); }
  std::size_t places_;
  std::vector<Duration> tree_;
};

}  // namespace

std::vector<Duration> Paths::drags(const Tasks& tasks) const {
  const auto count = static_cast<std::uint32_t>(critical_.size());
  std::vector<Duration> drags(count);
  if (count == 0) return drags;
  // By task: how many critical ones stand before it.
  std::vector<std::uint32_t> passed(tasks.size());
  std::uint32_t reached = 0;
  for (const TaskId task : order_) {
    passed[task] = reached;
    if (reached < count && critical_[reached] == task) ++reached;
  }
  const auto passed_with = [&](TaskId task) {  // and it itself
    const std::uint32_t before = passed[task];
    return before < count && critical_[before] == task ? before + 1 : before;
  };

  // Of what stands before a critical task, and behind none that is before that one, the last end;
  // likewise what remains, the other way round.
  std::vector<Duration> before(count + 1);
  std::vector<Duration> behind(count + 1);
  RangeMaxima past(count);
  for (TaskId task = 0; task < tasks.size(); ++task) {
    const std::uint32_t to = passed[task];
    Duration& last_end = before[passed_with(task)];
    last_end = std::max(last_end, begins_[task] + tasks[task].duration);
    behind[to] = std::max(behind[to], remaining_[task]);
    for (const TaskId need : needs(tasks, task)) {
      const std::uint32_t from = passed_with(need);
      if (from < to) past.raise(from, to, begins_[need] + tasks[need].duration + remaining_[task]);
    }
  }
  for (std::uint32_t i = count; i-- > 0;)
    behind[i] = std::max(behind[i], behind[i + 1]);
  Duration ended{};
  for (std::uint32_t i = 0; i < count; ++i) {
    ended = std::max(ended, before[i]);
    const Duration other = std::max({ended, behind[i + 1], past.at(i)});
    drags[i] = std::min(tasks[critical_[i]].duration, span_ - other);
  }
  return drags;
}

}  // namespace oche::scheduling
