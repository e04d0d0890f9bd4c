// merge.hpp - one tree of several.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/batch.hpp"

#include <span>

namespace oche::detail {

/// Everything of every tree. Throws an Error with the path where two of them differ.
/// Cost: only folders that differ are read.
[[nodiscard]] ObjectId merge_trees(Objects& objects, Batch& batch, std::span<const ObjectId> trees,
                                   const std::string& path = {}, int depth = 0);

}  // namespace oche::detail
