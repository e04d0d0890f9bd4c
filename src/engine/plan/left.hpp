// left.hpp - the tasks that are left of a run, with those that run and those that could.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/time_computed.hpp"
#include <oche/base/time.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace oche::detail {

/// What has happened so far, by path.
struct Happened {
  std::set<std::string> done;
  std::set<std::string> failed;  ///< those of them that did not succeed
  std::map<std::string, Time> running;
};

/// One forecast with what is done taken out, step by step.
class Left {
 public:
  using TaskId = scheduling::TaskId;

  Left(const Facts& facts, const Assumptions& assumptions, const Happened& happened);

  /// Something begins after any one of several: which one that is may change with every end.
  [[nodiscard]] bool has_choices() const { return made_.named.tasks.has_choices(); }
  /// Nothing if no such step would run.
  [[nodiscard]] std::optional<TaskId> task(const std::string& path) const;
  [[nodiscard]] bool is_to_come(TaskId task) const { return states_[task] == State::to_come; }
  [[nodiscard]] bool is_running(TaskId task) const { return states_[task] == State::running; }
  void start(TaskId task, Time at);
  void end(TaskId task);
  /// Nothing of it will be.
  void give_up();

  [[nodiscard]] std::uint32_t running() const {
    return static_cast<std::uint32_t>(running_.size());
  }
  [[nodiscard]] std::uint32_t to_come() const { return static_cast<std::uint32_t>(levels_.size()); }
  [[nodiscard]] std::uint32_t unknown() const { return unknown_; }
  [[nodiscard]] Duration longest(Time now) const;
  [[nodiscard]] Duration work(Time now) const;
  [[nodiscard]] Duration finish(unsigned slots, Time now) const;
  [[nodiscard]] std::vector<TaskId> critical(Time now) const;
  /// Of what is left, the most that one has ahead.
  [[nodiscard]] Duration highest() const;
  /// What the running ones have had, each at most what it usually takes.
  [[nodiscard]] Duration running_so_far(Time now) const;
  /// What could begin, had it a slot, in the engine's order; then what only waits for what runs.
  [[nodiscard]] std::vector<TaskId> ready(std::size_t most) const;
  [[nodiscard]] std::vector<TaskId> behind_running(std::size_t most) const;
  /// The running tasks that it needs, through what takes no time.
  [[nodiscard]] std::vector<TaskId> waits_for(TaskId task) const;

  /// Everything that works and needs it, however far down.
  [[nodiscard]] std::vector<TaskId> behind(TaskId task) const;

  /// What a step is taken to need that nobody knows.
  [[nodiscard]] Duration usual() const { return made_.unknown; }
  [[nodiscard]] Duration level(TaskId task) const { return made_.paths->remaining(task); }
  [[nodiscard]] int priority(TaskId task) const { return made_.named.tasks[task].priority; }
  [[nodiscard]] const std::string& path(TaskId task) const { return *names_[task]; }

 private:
  enum class State : std::uint8_t { idle, to_come, running, done };
  /// The engine's order: priority, then what is ahead, then the pipeline's own.
  using Rank = std::pair<std::pair<std::int64_t, Duration>, TaskId>;

  [[nodiscard]] Rank rank(TaskId task) const;
  [[nodiscard]] Duration rest(TaskId task, Time now) const;
  void come(TaskId task);
  void over(TaskId task);

  forecast::Computed made_;
  std::map<std::string, TaskId, std::less<>> tasks_;  ///< of those that run
  std::vector<const std::string*> names_;             ///< by task; null: no step
  std::vector<bool> is_known_;                        ///< by task
  std::vector<State> states_;                         ///< of work
  std::vector<std::uint32_t> missing_;                ///< how many needs are not over
  std::map<TaskId, Time> running_;
  std::set<std::pair<Duration, TaskId>> levels_;  ///< of what is to come
  std::set<Rank> ready_;                          ///< of those, what needs nothing any more
  Duration to_come_{};                            ///< their work
  std::uint32_t unknown_ = 0;
};

}  // namespace oche::detail
