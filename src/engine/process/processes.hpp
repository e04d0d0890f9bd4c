// processes.hpp - runs any number of child processes from one thread.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/isolation.hpp"
#include "engine/process/request.hpp"
#include <oche/base/clock.hpp>

#include <cstdint>
#include <memory>
#include <mutex>

namespace oche::detail {

using ProcessId = std::uint64_t;
class ProcessLoop;

/// What holds a command's descendants together where no sandbox does.
enum class Fencing {
  preferred,  ///< a cgroup of its own, where this process may make one
  none,
};

/// Child processes: started, watched, stopped and reaped by one thread that sleeps in epoll.
///
/// Every child has a session of its own, nothing on its standard input, and one pipe for what it
/// writes. Once it has exited, the rest of its process group is killed and its end is reported,
/// whoever still holds the pipe. No child outlives this object, nor a violent end of the engine;
/// the host program's other children and its SIGCHLD are left alone. A sandbox or a fence holds
/// every descendant: none survives the end of its command, and those that a violent end of the
/// engine leaves behind a fence are killed by the next engine. With neither, a descendant with a
/// session of its own is reached by `cancel` and timeouts as long as its parents live, but survives
/// a normal end, and grandchildren survive a violent end of the engine. A host that ignores SIGCHLD
/// costs exit statuses on kernels before 6.15 (reported as `errored`).
///
/// Threads: any; callbacks run on the process thread and may call `start` and `cancel`.
class Processes {
 public:
  explicit Processes(std::shared_ptr<Clock> clock = system_clock(),
                     Fencing fencing = Fencing::preferred);
  /// Kills what still runs, reports it as cancelled, and joins the thread.
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  /// Starts a process soon; whatever goes wrong is told to `on_exit`, never thrown.
  ProcessId start(ProcessRequest request, OnExit on_exit, OnOutput on_output = {});
  /// TERM, the request's grace time, KILL; no effect on one that has ended.
  void cancel(ProcessId id);
  /// What this machine offers. Cost: the first call tries it out, about 10 ms.
  [[nodiscard]] const IsolationOffer& isolation();

 private:
  ProcessLoop& loop();

  const std::shared_ptr<Clock> clock_;
  const Fencing fencing_;
  std::once_flag made_;
  std::unique_ptr<ProcessLoop> loop_;  // made when first needed
};

}  // namespace oche::detail
