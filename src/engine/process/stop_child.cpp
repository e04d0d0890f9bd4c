// stop_child.cpp - ends a process with all that it started: TERM first, KILL after its grace time.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Without a sandbox the process group gets the signals, and so does each descendant that has left
// the group: all who are behind its fence, or, without one, as far as they can still be found below
// the process. Every descendant found is held by a
// pidfd: a process that ends first does not cut short the grace time of those below it. In a
// sandbox all but its first process get TERM (bwrap itself would end at once, and take everything
// with it); KILL goes to bwrap, whose end is everyone's.
#include "engine/process/descendants.hpp"
#include "engine/process/process_loop.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <set>
#include <vector>

namespace oche::detail {
namespace {

constexpr std::chrono::seconds longest_dying{10};

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

/// Halts a process and everything below it and below those who were asked to stop with it, so that
/// none
/// leaves a child behind while the others are killed: one that was told to stop finishes no more
/// forks.
std::vector<Descriptor> freeze(const Child& child) {
  std::vector<pid_t> roots;
  if (!child.exited && send(child.exit, SIGSTOP)) roots.push_back(child.pid);
  for (const auto& [pid, process] : child.descendants) {
    if (send(process, SIGSTOP)) roots.push_back(pid);
  }
  std::set<pid_t> known{roots.begin(), roots.end()};
  std::vector<Descriptor> frozen;
  for (bool found = true; found;) {
    found = false;
    for (const auto root : roots) {
      for (const auto pid : descendants_of(root)) {
        if (!known.insert(pid).second) continue;
        found = true;
        frozen.push_back(open_process(pid));
        send(frozen.back(), SIGSTOP);
      }
    }
  }
  return frozen;
}

}  // namespace

void ProcessLoop::stop_child(Child& child) {
  child.state = Child::State::stopping;
  set_timer(child, clock_->steady() + child.request.grace);
  read_status(child);
  if (child.result.sandboxed && child.sandbox_init == 0)
    return kill_child(child);  // nothing ran yet
  if (child.fence) watch_fence(child);
  for (const auto pid : child.fence ? child.fence->members() : descendants_of(child.pid)) {
    if (pid == child.sandbox_init || pid == child.pid) continue;
    auto process = open_process(pid);
    if (!process.is_open()) continue;
    if (child.result.sandboxed || ::getpgid(pid) != child.pid) send(process, SIGTERM);
    if (watch(process.get(), child.id, Watch::descendant)) {
      child.descendants.push_back({pid, std::move(process)});
    }
  }
  if (!child.result.sandboxed) send_to_group(child, SIGTERM);
}

void ProcessLoop::kill_child(Child& child) {
  child.state = Child::State::killed;
  clear_timer(child);
  std::vector<Descriptor> frozen;
  if (child.fence) {
    kill_fence(child);
  } else if (!child.result.sandboxed) {
    frozen = freeze(child);
  }
  send_to_group(child, SIGKILL);
  for (const auto& process : frozen)
    send(process, SIGKILL);
  for (const auto& descendant : child.descendants)
    send(descendant.process, SIGKILL);
}

/// Who hangs in the kernel does not die before that lets it go, if ever: nobody waits so long.
void ProcessLoop::kill_fence(Child& child) {
  child.state = Child::State::killed;
  watch_fence(child);
  if (!child.due) set_timer(child, clock_->steady() + longest_dying);
  child.fence->kill();
}

}  // namespace oche::detail
