// repository_handle.hpp - opening somebody's git repository and finding a commit in it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/git_library.hpp"
#include "engine/trees/object_id.hpp"

#include <string>
#include <vector>

namespace oche::detail {

/// The repository in this folder (or its `.git`), not one above it.
/// Throws an Error: no such folder, no repository, somebody else's (with git's own remedy).
[[nodiscard]] GitRepository open_repository(const std::string& folder);

/// The commit that `ref` means there. Throws an Error that names what there is.
[[nodiscard]] GitCommit find_commit(git_repository* repository, const std::string& folder,
                                    const std::string& ref);

/// The error for a ref that does not exist; `names` are those that do.
[[noreturn]] void throw_no_ref(const std::string& repository, const std::string& ref,
                               const std::vector<std::string>& names);

[[nodiscard]] inline ObjectId to_id(const git_oid& oid) {
  ObjectId id;
  std::copy(std::begin(oid.id), std::end(oid.id), id.bytes.begin());
  return id;
}

/// `refs/heads/main` as people say it: `main`.
[[nodiscard]] std::string short_name(const std::string& full);

}  // namespace oche::detail
