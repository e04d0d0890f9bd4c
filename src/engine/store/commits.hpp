// commits.hpp - who commits what is submitted to a store, and what tests let go wrong with it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace oche::detail {

/// A thread of the store's own, or whoever calls `commit_by_hand`: tests and simulations.
enum class Commits : std::uint8_t {
  on_thread,
  by_hand,  ///< nothing is synced to the disk
  held,     ///< by hand, and nobody else sees it before `Store::show`: the folder is nobody else's
};

/// What becomes of each commit.
enum class CommitTrouble : std::uint8_t {
  none,
  disk_full,  ///< it waits, and is tried again
  refused,    ///< it can never be stored
};

}  // namespace oche::detail
