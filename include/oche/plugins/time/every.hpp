// every.hpp - a regular beat, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/time.hpp>
#include <oche/term/step_options.hpp>
#include <oche/term/term.hpp>

namespace oche {

/// The newest beat: what takes it as an argument is done once for each.
///
///     auto index = refresh(mirror, every(15min));   // a step that takes a Time
///
/// Beats are counted from 1970-01-01 00:00 UTC, so `every(24h)` is midnight UTC and a restart moves
/// none. Of beats that came while nobody was there, the newest is made up for, and no other. If the
/// clock is set back, the value is an earlier beat again, whose results are known.
///
/// Diagram: an input, `every 15min`.
/// Requires: a positive period; throws oche::Error otherwise.
[[nodiscard]] Term<Time> every(Duration period, Where where = Where::current());

}  // namespace oche
