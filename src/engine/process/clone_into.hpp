// clone_into.hpp - starts a process that is inside a cgroup from its first instant.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <cstddef>

namespace oche::detail {

/// As `clone` with CLONE_VM, CLONE_VFORK and CLONE_PIDFD: `run` has `stack` for its own while the
/// caller waits. `cgroup` is a folder's descriptor. A process that moves there later waits for a
/// grace period of the kernel's RCU first (10 to 20 ms were measured); one that begins there does
/// not (clone3's CLONE_INTO_CGROUP, Linux 5.7).
///
/// Returns the process, and a pidfd in `handle`; or -1 with errno, ENOSYS too where this processor
/// or the kernel has no such call.
pid_t clone_into(int cgroup, int (*run)(void*), void* argument, std::byte* stack, std::size_t size,
                 int& handle);

}  // namespace oche::detail
