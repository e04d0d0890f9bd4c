// reap.cpp - takes the exit status of one child, and of no other.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/reap.hpp"

#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>

namespace oche::detail {
namespace {

/// PIDFD_GET_INFO as of Linux 6.15; the C library's headers do not have it yet.
struct PidfdInfo {
  std::uint64_t mask, cgroup;
  std::uint32_t ids[11];
  std::int32_t exit_code;
};
constexpr std::uint64_t info_exit = 1u << 3;
constexpr unsigned long get_info = _IOWR(0xFF, 11, PidfdInfo);

/// Of a child that the kernel reaped for a host which ignores SIGCHLD.
Reaped remembered_by_kernel(const Descriptor& process) {
  PidfdInfo info{};
  info.mask = info_exit;
  if (::ioctl(process.get(), get_info, &info) != 0 || (info.mask & info_exit) == 0) return {};
  const int status = info.exit_code;
  if (WIFSIGNALED(status)) return {.is_known = true, .signal = WTERMSIG(status)};
  return {.is_known = true, .exit_code = WEXITSTATUS(status)};
}

std::chrono::nanoseconds to_duration(const timeval& time) {
  return std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_usec};
}

}  // namespace

Reaped reap(const Descriptor& process) {
  siginfo_t info{};
  rusage usage{};
  // The library's waitid does not hand out the usage.
  while (::syscall(SYS_waitid, P_PIDFD, process.get(), &info, WEXITED, &usage) != 0) {
    if (errno != EINTR) return remembered_by_kernel(process);
  }
  Reaped reaped{.is_known = true};
  (info.si_code == CLD_EXITED ? reaped.exit_code : reaped.signal) = info.si_status;
  reaped.cpu = to_duration(usage.ru_utime) + to_duration(usage.ru_stime);
  reaped.peak_memory = static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
  return reaped;
}

bool is_still_ours(const Descriptor& process) {
  siginfo_t info{};
  return ::waitid(P_PIDFD, static_cast<id_t>(process.get()), &info, WEXITED | WNOWAIT | WNOHANG) ==
         0;
}

}  // namespace oche::detail
