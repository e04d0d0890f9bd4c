// tasks.hpp - what is to be done, and after what, in plain arrays.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/pools.hpp>
#include <oche/term/step_options.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace oche::scheduling {

using TaskId = std::uint32_t;
inline constexpr TaskId no_task = ~TaskId{0};

/// When a task may begin; one that needs nothing may at once.
enum class Begin : std::uint8_t { after_all, after_any };

/// What takes time, or only orders what does.
struct Task {
  Duration duration = {};  ///< zero unless it works
  int priority = 0;
  ClaimId claim = 0;   ///< of Tasks::claims: what it takes beside a slot
  bool works = false;  ///< takes a slot while it runs; what does not, ends as it begins
  Begin begin = Begin::after_all;
};

/// Tasks, numbered as they are added. A task may need one that is added later, but not itself, by
/// whatever way round.
class Tasks {
 public:
  void reserve(std::size_t tasks, std::size_t needs);
  TaskId add(const Task& task, std::span<const TaskId> needs);

  [[nodiscard]] TaskId size() const { return static_cast<TaskId>(tasks_.size()); }
  [[nodiscard]] const Task& operator[](TaskId task) const { return tasks_[task]; }
  [[nodiscard]] std::span<const TaskId> needs(TaskId task) const {
    return std::span(needs_).subspan(starts_[task], starts_[task + 1] - starts_[task]);
  }
  /// What its tasks take, each once; to be filled before they are added.
  [[nodiscard]] Claims& claims() { return claims_; }
  [[nodiscard]] const Claims& claims() const { return claims_; }
  /// Of all that work, summed up.
  [[nodiscard]] Duration work() const { return work_; }
  /// Some task begins after any one of several.
  [[nodiscard]] bool has_choices() const { return has_choices_; }

 private:
  std::vector<Task> tasks_;
  std::vector<std::uint32_t> starts_ = {0};
  std::vector<TaskId> needs_;
  Claims claims_;
  Duration work_{};
  bool has_choices_ = false;
};

/// Who needs whom: `Tasks::needs` turned round.
class Readers {
 public:
  explicit Readers(const Tasks& tasks);
  [[nodiscard]] std::span<const TaskId> of(TaskId task) const {
    return std::span(readers_).subspan(starts_[task], starts_[task + 1] - starts_[task]);
  }
  /// Of one task after the other.
  [[nodiscard]] std::span<const TaskId> all() const { return readers_; }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<TaskId> readers_;
};

}  // namespace oche::scheduling
