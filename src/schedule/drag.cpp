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
  std::vector<Duration> drags(critical_.size());
  if (critical_.empty()) return drags;
  const auto end = [&](TaskId task) { return begins_[task] + tasks[task].duration; };
  // Critical tasks that stand before each place of the order.
  std::vector<std::uint32_t> passed(order_.size() + 1);
  std::vector<std::uint32_t> place(order_.size());
  std::uint32_t reached = 0;
  for (std::uint32_t i = 0; i < order_.size(); ++i) {
    place[order_[i]] = i;
    passed[i] = reached;
    if (reached < critical_.size() && critical_[reached] == order_[i]) ++reached;
  }
  passed[order_.size()] = reached;

  RangeMaxima past(critical_.size());
  for (const TaskId reader : order_) {
    const std::uint32_t to = passed[place[reader]];
    for (const TaskId need : needs(tasks, reader)) {
      const std::uint32_t from = passed[place[need] + 1];
      if (from < to) past.raise(from, to, end(need) + remaining_[reader]);
    }
  }

  std::vector<Duration> behind(order_.size() + 1);
  for (std::size_t i = order_.size(); i-- > 0;)
    behind[i] = std::max(behind[i + 1], remaining_[order_[i]]);
  Duration before{};
  std::size_t next = 0;
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const TaskId task = order_[i];
    if (next < critical_.size() && critical_[next] == task) {
      const Duration other = std::max({before, behind[i + 1], past.at(next)});
      drags[next] = std::min(tasks[task].duration, span_ - other);
      ++next;
    }
    before = std::max(before, end(task));
  }
  return drags;
}

}  // namespace oche::scheduling
