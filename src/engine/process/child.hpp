// child.hpp - one child process from its order to its end.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"
#include "engine/process/fence.hpp"
#include "engine/process/request.hpp"

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oche::detail {

/// What an event from epoll is about; the lowest bits of its tag, the child's id being the rest.
enum class Watch : std::uint64_t { alarm, output, status, exit, sandbox, descendant, fence };

/// A process below a child that is being stopped.
struct Descendant {
  pid_t pid;
  Descriptor process;  // pidfd
};

struct Child {
  enum class State { running, stopping, killed };

  std::uint64_t id = 0;
  ProcessRequest request;
  OnExit on_exit;
  OnOutput on_output;

  State state = State::running;
  pid_t pid = -1;
  Descriptor exit;     // pidfd; readable once it has exited
  Descriptor output;   // closed once nobody holds the other end any more
  Descriptor status;   // of the sandbox
  Descriptor sandbox;  // pidfd of the sandbox's first process, which ends as the last of all in it
  pid_t sandbox_init = 0;
  std::vector<Descendant> descendants;  // who were asked to stop with it
  std::unique_ptr<Fence> fence;         // around all of them, where that is possible
  bool is_fence_watched = false;
  bool is_fence_stuck = false;  // somebody in it does not even die
  bool exited = false;
  std::string status_text;
  std::string first_output;  // of a sandbox, which may be its complaint
  std::chrono::nanoseconds started{};
  std::optional<std::chrono::nanoseconds> due;
  ProcessResult result;
};

}  // namespace oche::detail
