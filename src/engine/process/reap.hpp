// reap.hpp - takes the exit status of one child, and of no other.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"

#include <chrono>
#include <cstdint>

namespace oche::detail {

struct Reaped {
  bool is_known =
      false;  ///< false: somebody else reaped it, and the kernel has forgotten how it ended
  int exit_code = 0;
  int signal = 0;  ///< then there is no exit code
  std::chrono::nanoseconds cpu{};
  std::uint64_t peak_memory = 0;
};

/// Waits for an exited child's status, by its pidfd.
[[nodiscard]] Reaped reap(const Descriptor& process);
/// Whether an exited child still waits to be reaped: then its number stands for nobody else.
[[nodiscard]] bool is_still_ours(const Descriptor& process);

}  // namespace oche::detail
