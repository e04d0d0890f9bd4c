// fence.hpp - holds everything that a command starts, wherever it goes: a cgroup of its own.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace oche::detail {

/// One cgroup. A process that is in it stays in it with all that it starts, sessions of their own
/// or not, and whoever their parent becomes.
class Fence {
 public:
  /// Null if it cannot be made.
  [[nodiscard]] static std::unique_ptr<Fence> make(const std::filesystem::path& folder);

  /// The cgroup's folder: a process that writes "0" to its `cgroup.procs` is inside, and so is one
  /// that is made with this descriptor (`clone_into`).
  [[nodiscard]] int entrance() const { return entrance_.get(); }
  /// Becomes readable as urgent data (EPOLLPRI) when somebody came to it, or nobody is left.
  [[nodiscard]] int changes() const { return events_.get(); }
  /// Also takes note of the last change.
  [[nodiscard]] bool holds_somebody() const;
  [[nodiscard]] std::vector<pid_t> members() const;
  /// Kills all who are inside, those too who are being started right now.
  void kill();
  /// Then it is not used again: no process can be made inside at once any more (see make_child).
  [[nodiscard]] bool was_killed() const { return was_killed_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  bool was_killed_ = false;
  Descriptor entrance_, members_, events_, kill_;
};

/// Makes fences and uses them again: cgroups (v2) below this process's own, if it may make them
/// there. Needs no privilege but that, and no controller.
///
/// One that was left by a program which died is found by the next one, and all in it are killed.
/// Threads: one; `entrance_for_sandboxes` any.
class Fences {
 public:
  Fences() : Fences(own_cgroup()) {}
  /// Below this folder; empty: none can be made.
  explicit Fences(const std::filesystem::path& cgroup);
  ~Fences();
  Fences(const Fences&) = delete;
  Fences& operator=(const Fences&) = delete;

  /// One that holds nobody, or null: then there is no such thing here.
  [[nodiscard]] std::unique_ptr<Fence> take();
  /// Requires: it holds nobody.
  void give_back(std::unique_ptr<Fence> fence);
  /// The entrance of one for all sandboxes together, or -1. A sandbox ends what is in it by itself,
  /// but for the moment in which it is made: bubblewrap's child waits for a word of its parent, for
  /// ever if that was killed (0.8.0). There the next program finds it.
  [[nodiscard]] int entrance_for_sandboxes() const {
    return sandboxes_ ? sandboxes_->entrance() : -1;
  }
  /// Nobody could get into one: no more are given out.
  void give_up() { folder_.clear(); }

  /// The folder of the cgroup that this process is in; empty if there is none.
  [[nodiscard]] static std::filesystem::path own_cgroup();

 private:
  void remove_left_ones(const std::filesystem::path& cgroup);

  std::filesystem::path folder_;  ///< of all fences of this object; empty: none can be made
  std::filesystem::path made_in_;
  Descriptor lock_;  ///< tells others that we live
  std::unique_ptr<Fence> sandboxes_;
  std::vector<std::unique_ptr<Fence>> free_;
  unsigned made_ = 0;
};

}  // namespace oche::detail
