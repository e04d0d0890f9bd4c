// stop_child.cpp - ends a process with all that it started: TERM first, KILL after its grace time.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Without a sandbox the process group gets the signals, and so does each descendant that has left
// the group, as far as it can still be found below the process. Every descendant found is held by a
// pidfd: a process that ends first does not cut short the grace time of those below it. In a
// sandbox all but its first process get TERM (bwrap itself would end at once, and take everything
// with it); KILL goes to bwrap, whose end is everyone's.
#include "engine/process/descendants.hpp"
#include "engine/process/process_loop.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace oche::detail {
namespace {

Descriptor open_process(pid_t pid) {
  return Descriptor{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
}

bool send(const Descriptor& process, int signal) {
  return ::syscall(SYS_pidfd_send_signal, process.get(), signal, nullptr, 0) == 0;
}

/// A group keeps its number only as long as nobody has reaped its leader.
void send_to_group(const Child& child, int signal) {
  if (send(child.exit, 0)) ::kill(-child.pid, signal);
}

}  // namespace

void ProcessLoop::stop_child(Child& child) {
  child.state = Child::State::stopping;
  set_timer(child, clock_->steady() + child.request.grace);
  read_status(child);
  if (child.result.sandboxed && child.sandbox_init == 0)
    return kill_child(child);  // nothing ran yet
  for (const auto pid : descendants_of(child.pid)) {
    if (pid == child.sandbox_init) continue;
    auto process = open_process(pid);
    if (!process.is_open()) continue;
    if (child.result.sandboxed || ::getpgid(pid) != child.pid) send(process, SIGTERM);
    if (watch(process.get(), child.id, Watch::descendant)) {
      child.descendants.push_back(std::move(process));
    }
  }
  if (!child.result.sandboxed) send_to_group(child, SIGTERM);
}

void ProcessLoop::kill_child(Child& child) {
  child.state = Child::State::killed;
  clear_timer(child);
  if (!child.result.sandboxed) {
    for (const auto pid : descendants_of(child.pid)) {  // those who have come since TERM
      if (::getpgid(pid) != child.pid) send(open_process(pid), SIGKILL);
    }
  }
  send_to_group(child, SIGKILL);
  for (const auto& process : child.descendants)
    send(process, SIGKILL);
}

}  // namespace oche::detail
