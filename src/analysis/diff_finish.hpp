// diff_finish.hpp - when an outline's steps would have ended.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/outline.hpp>

#include <map>
#include <optional>
#include <string>

namespace oche::detail {

/// What is taken for steps that never ran: the median of those of both that did; nothing if none
/// did.
[[nodiscard]] std::optional<Duration> usual_of(const Outline& one, const Outline& other,
                                               const std::map<std::string, Duration>& durations);

/// All steps once, each when what it needs has ended, in the engine's order: conditions are true,
/// lists have one item.
[[nodiscard]] Duration finish_of(const Outline& outline,
                                 const std::map<std::string, Duration>& durations, Duration unknown,
                                 unsigned slots);

}  // namespace oche::detail
