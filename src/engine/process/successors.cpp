// successors.cpp - whether anything that a process started may still run.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/successors.hpp"

#include <signal.h>

#include <cerrno>
#include <fstream>

namespace oche::detail {

bool may_have_successors(pid_t ended, const std::function<bool(pid_t)>& is_known) {
  constexpr pid_t most = 256;
  pid_t last = 0;
  std::ifstream{"/proc/sys/kernel/ns_last_pid"} >> last;
  if (last < ended || last - ended > most) return true;
  for (pid_t pid = ended + 1; pid <= last; ++pid) {
    if (::kill(pid, 0) != 0 && errno == ESRCH) continue;
    if (!is_known(pid)) return true;
  }
  return false;
}

}  // namespace oche::detail
