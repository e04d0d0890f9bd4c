// time.hpp - points in time as the library stores them.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>

namespace oche {

/// A point in calendar time; every one comes from a Clock.
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

}  // namespace oche
