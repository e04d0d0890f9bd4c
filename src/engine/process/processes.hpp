// processes.hpp - runs any number of child processes from one thread.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/isolation.hpp"
#include "engine/process/request.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace oche::detail {

using ProcessId = std::uint64_t;

/// Time since some fixed moment; what `oche::Clock` says, or a test.
using Now = std::function<std::chrono::nanoseconds()>;

/// Child processes: started, watched, stopped and reaped by one thread that sleeps in epoll.
///
/// Every child has a session of its own, gets nothing on its standard input, and writes to one
/// pipe. Once it has exited, its process group is killed and its end is reported, whoever still
/// holds the pipe. No child outlives this object, nor the engine's own violent end. The host
/// program's other children and its SIGCHLD are left alone (a host that ignores SIGCHLD loses exit
/// statuses only on kernels before 6.15). Without a sandbox, a descendant that made a session of
/// its own is stopped by `cancel` and timeouts, but survives the normal end of its command.
///
/// Threads: any; callbacks run on the process thread and may call `start` and `cancel`.
class Processes {
 public:
  explicit Processes(Now now);
  /// Kills what still runs, reports it as cancelled, and joins the thread.
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  /// Starts a process soon; whatever goes wrong is told to `on_exit`, never thrown.
  ProcessId start(ProcessRequest request, OnExit on_exit, OnOutput on_output = {});
  /// TERM, the request's grace time, KILL; no effect on one that has ended.
  void cancel(ProcessId id);
  /// Looks at the clock again: for clocks that move when told.
  void clock_moved();
  /// What this machine offers; found out on the first call, which waits for it. Not from callbacks.
  [[nodiscard]] const IsolationOffer& isolation();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace oche::detail
