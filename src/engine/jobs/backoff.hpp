// backoff.hpp - how long to wait before a failed attempt is repeated.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/digest.hpp>
#include <oche/term/step_options.hpp>

#include <cstdint>

namespace oche::detail {

/// No wait is nominally longer, unless the first one is.
inline constexpr Duration longest_backoff = std::chrono::hours(1);

/// The wait after the attempt number `tries`: nominally `retry.backoff` after the first, twice as
/// long after each further one, up to `longest_backoff`. What is waited is up to half as long
/// again, never less: attempts that failed together should not come back together. The same for the
/// same arguments, always; other keys, attempts and seeds give others.
[[nodiscard]] Duration backoff(const Retry& retry, int tries, const Digest& key,
                               std::uint64_t seed);

}  // namespace oche::detail
