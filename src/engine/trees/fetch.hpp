// fetch.hpp - copying commits' trees out of repositories into the object store.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/batch.hpp"
#include "engine/trees/repository.hpp"
#include "engine/trees/trees.hpp"

#include <string>

namespace oche::detail {

/// Copies a tree and all that it names; what is here already is not even looked at there.
void copy_tree(Objects& objects, Batch& batch, git_odb* from, const ObjectId& tree, int depth = 0);

[[nodiscard]] FetchedCommit fetch_local(Objects& objects, const std::string& repository,
                                        const std::string& ref);
[[nodiscard]] FetchedCommit fetch_remote(Objects& objects, const std::string& repository,
                                         const std::string& ref, const RemoteOptions& options);

}  // namespace oche::detail
