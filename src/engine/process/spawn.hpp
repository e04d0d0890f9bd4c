// spawn.hpp - starts one program without copying the parent's memory.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"

#include <sys/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace oche::detail {

struct SpawnPlan {
  std::string program;                   ///< with a slash; relative to `folder`
  std::vector<std::string> argv;         ///< with the program's name
  std::vector<std::string> environment;  ///< NAME=value
  std::string folder;
  int input = -1;   ///< becomes standard input
  int output = -1;  ///< becomes standard output and error
  int status = -1;  ///< becomes descriptor 3, if there is one
  int fence = -1;   ///< of a Fence: its entrance
};

struct Spawned {
  pid_t pid = -1;
  Descriptor handle;           ///< a pidfd
  int error = 0;               ///< an errno; then there is no process
  const char* failed_at = "";  ///< "chdir", "exec", …
  bool is_fenced = false;      ///< it is inside the fence
};

/// Starts programs; the child shares our memory until it executes, so a start costs the same from a
/// small and a huge parent.
///
/// Threads: one, with all signals blocked; the child is killed when that thread ends.
class Spawner {
 public:
  Spawner();
  [[nodiscard]] Spawned spawn(const SpawnPlan& plan);

 private:
  struct Unmap {
    std::size_t size;
    void operator()(std::byte* stack) const;
  };
  std::unique_ptr<std::byte, Unmap> stack_;
};

}  // namespace oche::detail
