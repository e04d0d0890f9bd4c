// left.cpp - the tasks that are left of a run.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/left.hpp"

#include <oche/schedule/simulate.hpp>

#include <algorithm>
#include <limits>

// A task's level is its own time and the longest path behind it. Ends change no level of what is
// left, since what ends stands before all of that. So the longest path that is left begins with the
// highest level of what is to come, or with what a running task has left and what is behind it.

namespace oche::detail {

using scheduling::Task;
using scheduling::TaskId;
using scheduling::Tasks;

namespace {

/// What is done takes no time any more, and is asked of nobody.
Assumptions assumed(Assumptions made, const Happened& happened) {
  made.reused.insert(happened.done.begin(), happened.done.end());
  made.failing.insert(happened.failed.begin(), happened.failed.end());
  return made;
}

}  // namespace

Left::Left(const Facts& facts, const Assumptions& assumptions, const Happened& happened)
    : made_(facts, assumed(assumptions, happened)) {
  const Tasks& tasks = made_.named.tasks;
  names_.resize(tasks.size());
  is_known_.resize(tasks.size(), true);
  states_.resize(tasks.size(), State::idle);
  missing_.resize(tasks.size());
  for (std::size_t i = 0; i < made_.steps.size(); ++i) {
    const TaskId task = made_.step_tasks[i];
    if (task == scheduling::no_task || !made_.steps[i].runs()) continue;
    names_[task] = &made_.steps[i].path;
    is_known_[task] = made_.steps[i].is_known;
    tasks_.emplace(made_.steps[i].path, task);
    states_[task] = State::to_come;
    levels_.emplace(level(task), task);
    to_come_ += tasks[task].duration;
    if (!is_known_[task]) ++unknown_;
  }
  std::vector<TaskId> free;
  for (TaskId task = 0; task < tasks.size(); ++task) {
    const std::size_t needs = tasks.needs(task).size();
    const bool any = tasks[task].begin == scheduling::Begin::after_any;
    missing_[task] = static_cast<std::uint32_t>(any ? std::min<std::size_t>(needs, 1) : needs);
    if (missing_[task] == 0) free.push_back(task);
  }
  for (const TaskId task : free)
    come(task);
  for (const auto& [path, at] : happened.running)
    if (const auto one = task(path)) start(*one, at);
}

std::optional<TaskId> Left::task(const std::string& path) const {
  const auto found = tasks_.find(path);
  if (found == tasks_.end()) return std::nullopt;
  return found->second;
}

Left::Rank Left::rank(TaskId task) const {
  return {{-std::int64_t{priority(task)}, -made_.remaining[task]}, task};
}

/// All that it needs is over.
void Left::come(TaskId task) {
  if (!made_.named.tasks[task].works)
    over(task);
  else if (states_[task] == State::to_come)
    ready_.insert(rank(task));
}

/// What follows without work is over too, and so on.
void Left::over(TaskId first) {
  std::vector<TaskId> open{first};
  while (!open.empty()) {
    const TaskId task = open.back();
    open.pop_back();
    for (const TaskId reader : made_.readers->of(task)) {
      if (missing_[reader] == 0 || --missing_[reader] > 0) continue;
      if (made_.named.tasks[reader].works)
        come(reader);
      else
        open.push_back(reader);
    }
  }
}

void Left::start(TaskId task, Time at) {
  if (states_[task] == State::to_come) {
    levels_.erase({level(task), task});
    ready_.erase(rank(task));
    to_come_ -= made_.named.tasks[task].duration;
  }
  states_[task] = State::running;
  running_[task] = at;
}

void Left::end(TaskId task) {
  if (states_[task] == State::to_come) start(task, {});
  if (states_[task] != State::running) return;
  running_.erase(task);
  states_[task] = State::done;
  if (!is_known_[task]) --unknown_;
  over(task);
}

void Left::give_up() {
  for (const auto& [level, task] : levels_) {
    states_[task] = State::idle;
    if (!is_known_[task]) --unknown_;
  }
  for (const auto& [task, at] : running_) {
    states_[task] = State::idle;
    if (!is_known_[task]) --unknown_;
  }
  running_.clear();
  levels_.clear();
  ready_.clear();
  to_come_ = {};
}

/// What it has left, at most what it usually takes.
Duration Left::rest(TaskId task, Time now) const {
  const Duration whole = made_.named.tasks[task].duration;
  const auto begun = running_.find(task);
  if (begun == running_.end()) return whole;
  const Duration passed = std::max(Duration{}, Duration(now - begun->second));
  return std::max(Duration{}, whole - passed);
}

Duration Left::longest(Time now) const {
  Duration most = highest();
  for (const auto& [task, at] : running_)
    most = std::max(most, level(task) - made_.named.tasks[task].duration + rest(task, now));
  return most;
}

Duration Left::work(Time now) const {
  Duration sum = to_come_;
  for (const auto& [task, at] : running_)
    sum += rest(task, now);
  return sum;
}

Duration Left::finish(unsigned slots, Time now) const {
  const Tasks& all = made_.named.tasks;
  Tasks left;
  left.claims() = all.claims();
  left.reserve(all.size(), all.size());
  for (TaskId task = 0; task < all.size(); ++task) {
    Task one = all[task];
    one.works = one.works && (is_to_come(task) || is_running(task));
    one.duration = one.works ? rest(task, now) : Duration{};
    if (is_running(task)) one.priority = std::numeric_limits<int>::max();
    // What runs needs nothing any more, whatever it is that it was started for.
    left.add(one, is_running(task) ? std::span<const TaskId>() : all.needs(task));
  }
  const auto sizes = made_.pools.sizes();
  const scheduling::Machine machine{.slots = std::max({1u, slots, running()}),
                                    .pools = {sizes.begin(), sizes.end()}};
  return scheduling::simulate(left, scheduling::Readers(left), machine, made_.remaining).finish;
}

Duration Left::highest() const { return levels_.empty() ? Duration{} : levels_.rbegin()->first; }

Duration Left::running_so_far(Time now) const {
  Duration sum{};
  for (const auto& [task, at] : running_)
    sum += made_.named.tasks[task].duration - rest(task, now);
  return sum;
}

std::vector<TaskId> Left::critical(Time now) const {
  const Duration most = longest(now);
  TaskId at = scheduling::no_task;
  for (const auto& [task, since] : running_)
    if (level(task) - made_.named.tasks[task].duration + rest(task, now) == most) at = task;
  if (at == scheduling::no_task && !levels_.empty()) at = levels_.rbegin()->second;
  std::vector<TaskId> found;
  while (at != scheduling::no_task) {
    if (names_[at] != nullptr) found.push_back(at);
    const Duration behind = level(at) - made_.named.tasks[at].duration;
    TaskId follower = scheduling::no_task;
    if (behind > Duration{})
      for (const TaskId reader : made_.readers->of(at))
        if (level(reader) == behind && follower == scheduling::no_task) follower = reader;
    at = follower;
  }
  return found;
}

std::vector<TaskId> Left::ready(std::size_t most) const {
  std::vector<TaskId> found;
  for (auto one = ready_.begin(); one != ready_.end() && found.size() < most; ++one)
    found.push_back(one->second);
  return found;
}

std::vector<TaskId> Left::behind_running(std::size_t most) const {
  std::set<TaskId> seen;
  std::set<Rank> found;
  std::vector<TaskId> open;
  for (const auto& [task, at] : running_)
    open.push_back(task);
  while (!open.empty()) {
    const TaskId task = open.back();
    open.pop_back();
    for (const TaskId reader : made_.readers->of(task)) {
      if (missing_[reader] == 0 || !seen.insert(reader).second) continue;
      if (!made_.named.tasks[reader].works)
        open.push_back(reader);
      else if (states_[reader] == State::to_come)
        found.insert(rank(reader));
    }
  }
  std::vector<TaskId> behind;
  for (const auto& [order, task] : found) {
    if (behind.size() == most) break;
    if (!waits_for(task).empty()) behind.push_back(task);
  }
  return behind;
}

/// None if something else than running tasks stands before it too.
std::vector<TaskId> Left::waits_for(TaskId task) const {
  std::set<TaskId> running;
  std::set<TaskId> seen;
  std::vector<TaskId> open{task};
  while (!open.empty()) {
    const TaskId one = open.back();
    open.pop_back();
    if (one != task && missing_[one] == 0 && !made_.named.tasks[one].works) continue;  // is over
    for (const TaskId need : made_.named.tasks.needs(one)) {
      if (!seen.insert(need).second) continue;
      if (!made_.named.tasks[need].works)
        open.push_back(need);
      else if (states_[need] == State::running)
        running.insert(need);
      else if (states_[need] == State::to_come)
        return {};
    }
  }
  return {running.begin(), running.end()};
}

std::vector<TaskId> Left::behind(TaskId task) const {
  std::vector<TaskId> found;
  std::set<TaskId> seen;
  std::vector<TaskId> open{task};
  while (!open.empty()) {
    const TaskId one = open.back();
    open.pop_back();
    for (const TaskId reader : made_.readers->of(one)) {
      if (!seen.insert(reader).second) continue;
      open.push_back(reader);
      if (names_[reader] != nullptr) found.push_back(reader);
    }
  }
  return found;
}

}  // namespace oche::detail
