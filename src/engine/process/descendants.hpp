// descendants.hpp - finds the processes below a process.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <vector>

namespace oche::detail {

/// The living processes below `root`, parents first, without `root`. A moment later there may be
/// others. Cost:    one small file read for each thread of them.
[[nodiscard]] std::vector<pid_t> descendants_of(pid_t root);

}  // namespace oche::detail
