// snapshot.hpp - draws up a Snapshot of an evaluation.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {

/// Everything but `sequence`, `at` and `settled`. Cost: nodes and cells.
[[nodiscard]] Snapshot snapshot_of(const World& world, const Rounds::Decorate& decorate);

}  // namespace oche::detail::rounds
