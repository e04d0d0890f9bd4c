// worktree.hpp - the tree of a folder that somebody works in.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/batch.hpp"
#include <oche/base/outcome.hpp>

#include <string>

namespace oche::detail {

/// What `git add -A` and `git write-tree` would give, without writing to the repository.
[[nodiscard]] ObjectId import_work(Objects& objects, const std::string& repository);

/// The id of the same tree; nothing is written anywhere.
[[nodiscard]] Result<std::string> worktree_id(const std::string& repository);

}  // namespace oche::detail
