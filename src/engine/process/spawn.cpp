// spawn.cpp - starts one program without copying the parent's memory.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// The child is made with CLONE_VM and CLONE_VFORK: it runs on a stack of its own in our memory
// while our thread waits, until it executes or exits. So a start neither copies page tables nor
// touches pages, and an error comes back through plain memory. Between clone and exec the child may
// only make system calls: raw ones, since the library's wrappers may keep state (and sanitizers do)
// that is still ours. All signals are blocked in our thread, so that no handler of the host runs in
// the child.
#include "engine/process/spawn.hpp"

#include "engine/process/clone_into.hpp"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <new>

// Marks what runs in the child: no instrumentation that would note it down as the parent's doing.
#ifdef __clang__
#define OCHE_BARE [[clang::no_sanitize("address", "thread", "undefined")]]
#else
#define OCHE_BARE [[gnu::no_sanitize("address", "thread", "undefined")]]
#endif

// The thread sanitizer takes every `clone` for a fork, and refuses new threads after one. It leaves
// the
// same function alone under its other name.
#if defined(__SANITIZE_THREAD__)
#define OCHE_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define OCHE_THREAD_SANITIZER
#endif
#endif
#ifdef OCHE_THREAD_SANITIZER
extern "C" int __clone(int (*run)(void*), void* stack, int flags, void* argument, ...);
#define OCHE_CLONE ::__clone
#else
#define OCHE_CLONE ::clone
#endif

namespace oche::detail {
namespace {

constexpr std::size_t stack_size = 64 << 10;

struct ChildPlan {
  const char* program;
  char* const* argv;
  char* const* environment;
  const char* folder;
  int input, output, status, fence;
  pid_t parent;
  int error;
  const char* failed_at;
  bool is_fenced;
  bool has_begun;
};

/// What the kernel takes for "default action, no flags, no mask"; larger than any layout of it.
struct DefaultAction {
  std::uint64_t words[8];
};

OCHE_BARE [[noreturn]] void give_up(ChildPlan& plan, const char* where) {
  plan.error = errno;
  plan.failed_at = where;
  ::syscall(SYS_exit_group, 127);
  __builtin_unreachable();
}

OCHE_BARE void reset_signals() {
  static constexpr DefaultAction action{};
  for (int signal = 1; signal <= 64; ++signal) {  // KILL, STOP refuse: that is fine
    ::syscall(SYS_rt_sigaction, signal, &action, nullptr, std::size_t{8});
  }
}

/// Puts the descriptors at 0 to 3 and closes all others, whoever forgot to mark them.
OCHE_BARE void arrange_descriptors(ChildPlan& plan) {
  int from[3] = {plan.input, plan.output, plan.status};
  for (int& descriptor : from) {  // out of the way first: the host may have closed its 0 to 2
    if (descriptor < 0) continue;
    descriptor = static_cast<int>(::syscall(SYS_fcntl, descriptor, F_DUPFD, 10));
    if (descriptor < 0) give_up(plan, "dup");
  }
  const int places[4][2] = {{from[0], 0}, {from[1], 1}, {from[1], 2}, {from[2], 3}};
  for (const auto& [descriptor, place] : places) {
    if (descriptor < 0) continue;
    if (::syscall(SYS_dup3, descriptor, place, 0) < 0) give_up(plan, "dup");
  }
  const unsigned first_closed = plan.status >= 0 ? 4 : 3;
  ::syscall(SYS_close_range, first_closed, ~0U, 0U);
}

OCHE_BARE bool go_inside(int cgroup) {
  const long members = ::syscall(SYS_openat, cgroup, "cgroup.procs", O_WRONLY | O_CLOEXEC);
  return members >= 0 && ::syscall(SYS_write, members, "0", 1) == 1;
}

OCHE_BARE int run_child(void* argument) {
  auto& plan = *static_cast<ChildPlan*>(argument);
  plan.has_begun = true;
  if (::syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0) give_up(plan, "prctl");
  if (::syscall(SYS_getppid) != plan.parent) ::syscall(SYS_exit_group, 127);  // it died before
  if (::syscall(SYS_setsid) < 0) give_up(plan, "setsid");
  if (plan.fence >= 0 && !plan.is_fenced) plan.is_fenced = go_inside(plan.fence);
  reset_signals();
  const std::uint64_t no_signals = 0;
  ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, nullptr, sizeof no_signals);
  ::syscall(SYS_umask, 022);
  if (*plan.folder != '\0' && ::syscall(SYS_chdir, plan.folder) < 0) give_up(plan, "chdir");
  arrange_descriptors(plan);
  ::syscall(SYS_execve, plan.program, plan.argv, plan.environment);
  give_up(plan, "exec");
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (const auto& text : texts)
    out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

void wait_for(int handle) {
  siginfo_t ignored{};
  while (::waitid(P_PIDFD, static_cast<id_t>(handle), &ignored, WEXITED) != 0 && errno == EINTR) {
  }
}

/// Inside the fence at once where that can be had; else the child goes there by itself. Linux (6.18
/// does) compares how often the child's cgroup was killed with how often its parent's was: where
/// they differ, the child does not live to its first instruction.
pid_t make_child(ChildPlan& plan, std::byte* stack, int& handle) {
  if (plan.fence >= 0) {
    plan.is_fenced = true;
    const pid_t pid = clone_into(plan.fence, run_child, &plan, stack, stack_size, handle);
    if (pid >= 0 && plan.has_begun) return pid;
    if (pid >= 0) {
      wait_for(handle);
      ::close(handle);
    }
    plan.is_fenced = false;
  }
  return OCHE_CLONE(run_child, stack + stack_size, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD,
                    &plan, &handle);
}

}  // namespace

void Spawner::Unmap::operator()(std::byte* stack) const { ::munmap(stack, size); }

Spawner::Spawner() {
  void* stack = ::mmap(nullptr, stack_size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) throw std::bad_alloc{};
  stack_ = {static_cast<std::byte*>(stack), Unmap{stack_size}};
}

Spawned Spawner::spawn(const SpawnPlan& plan) {
  const auto argv = pointers_to(plan.argv);
  const auto environment = pointers_to(plan.environment);
  ChildPlan child{plan.program.c_str(),
                  argv.data(),
                  environment.data(),
                  plan.folder.c_str(),
                  plan.input,
                  plan.output,
                  plan.status,
                  plan.fence,
                  ::getpid(),
                  0,
                  "",
                  false,
                  false};
  int handle = -1;
  Spawned spawned;
  spawned.pid = make_child(child, stack_.get(), handle);
  if (spawned.pid < 0) {
    spawned.error = errno;
    spawned.failed_at = "clone";
    return spawned;
  }
  spawned.handle = Descriptor{handle};
  spawned.is_fenced = child.is_fenced;
  if (child.error == 0) return spawned;
  wait_for(handle);
  spawned.handle.close();
  spawned.pid = -1;
  spawned.error = child.error;
  spawned.failed_at = child.failed_at;
  return spawned;
}

}  // namespace oche::detail
