// json_names.hpp - the words that stand for enums in a picture's JSON.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <string_view>

namespace oche::detail {

inline constexpr std::string_view edge_names[] = {"data", "control", "context"};
inline constexpr std::string_view frame_names[] = {"section", "each", "items", "item"};
/// Those of look_of, but for spaces.
inline constexpr std::string_view state_names[state_count] = {
    "not_wanted", "ok",        "ready",   "running", "awaiting_approval", "failed", "errored",
    "timed_out",  "cancelled", "skipped", "blocked"};

}  // namespace oche::detail
