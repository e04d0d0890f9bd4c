// clone_into.cpp - the system call clone3, which the C library keeps for itself.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// The child returns from the call on another stack, where no C++ function could return to its
// caller: so a few lines of assembly make the call, and run the function in the child. As the
// kernel's documentation of clone3 says, the child has all registers of its parent but the result.
#include "engine/process/clone_into.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstdint>

#if defined(__x86_64__) && defined(__LP64__)

// long oche_clone3(clone_args*, size_t, int (*run)(void*), void* argument)
asm(".pushsection .text\n"
    ".globl oche_clone3\n"
    ".hidden oche_clone3\n"
    ".type oche_clone3, @function\n"
    "oche_clone3:\n"
    "  endbr64\n"
    "  movq %rdx, %r8\n"
    "  movq %rcx, %r9\n"
    "  movl $435, %eax\n"  // clone3
    "  syscall\n"
    "  testq %rax, %rax\n"
    "  jz 1f\n"
    "  ret\n"
    "1: xorl %ebp, %ebp\n"  // no frame above
    "  movq %r9, %rdi\n"
    "  callq *%r8\n"
    "  movl %eax, %edi\n"
    "  movl $231, %eax\n"  // exit_group
    "  syscall\n"
    "  hlt\n"
    ".size oche_clone3, . - oche_clone3\n"
    ".popsection\n");

extern "C" long oche_clone3(void* arguments, std::size_t size, int (*run)(void*), void* argument);

namespace oche::detail {
namespace {

/// The kernel's `struct clone_args`, as of 5.7.
struct CloneArguments {
  std::uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid,
      set_tid_size, cgroup;
};

constexpr std::uint64_t into_cgroup = std::uint64_t{1} << 33;

}  // namespace

pid_t clone_into(int cgroup, int (*run)(void*), void* argument, std::byte* stack, std::size_t size,
                 int& handle) {
  CloneArguments arguments{};
  arguments.flags = std::uint64_t{CLONE_VM | CLONE_VFORK | CLONE_PIDFD} | into_cgroup;
  arguments.pidfd = reinterpret_cast<std::uintptr_t>(&handle);
  arguments.exit_signal = SIGCHLD;
  arguments.stack = reinterpret_cast<std::uintptr_t>(stack);
  arguments.stack_size = size;
  arguments.cgroup = static_cast<std::uint64_t>(cgroup);
  const long result = oche_clone3(&arguments, sizeof arguments, run, argument);
  if (result >= 0) return static_cast<pid_t>(result);
  handle = -1;  // it had one already
  errno = static_cast<int>(-result);
  return -1;
}

}  // namespace oche::detail

#else

namespace oche::detail {

pid_t clone_into(int, int (*)(void*), void*, std::byte*, std::size_t, int&) {
  errno = ENOSYS;
  return -1;
}

}  // namespace oche::detail

#endif
