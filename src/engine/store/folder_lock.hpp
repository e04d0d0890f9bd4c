// folder_lock.hpp - one process at a time writes to a state folder.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"

#include <string>

namespace oche::detail {

/// Makes a state folder, with a `.gitignore` in it, so that it is never taken for somebody's work.
/// Throws an Error if it cannot be made or used.
void make_state_folder(const std::string& folder);

/// Holds `<folder>/lock`, which says who holds it. A lock of the system: it ends with the process.
class FolderLock {
 public:
  /// Throws an Error that names the holder if somebody else has it.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  /// Whoever held it before has not given it up, but died.
  [[nodiscard]] bool was_held_by_the_dead() const { return was_held_by_the_dead_; }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  bool was_held_by_the_dead_ = false;
  Descriptor file_;
};

}  // namespace oche::detail
