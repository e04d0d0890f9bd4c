// successors.hpp - whether anything that a process started may still run.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <functional>

namespace oche::detail {

/// False only if no process that began after `ended` runs, other than those that `is_known` tells
/// apart; what daemonised itself is found too, as numbers are given in turn. Called before `ended`
/// is reaped. Unsure is true: many began since, or the numbers began anew.
/// Cost: one small file read, and one system call for each process that began since, at most 256.
[[nodiscard]] bool may_have_successors(pid_t ended, const std::function<bool(pid_t)>& is_known);

}  // namespace oche::detail
