// head.hpp - the newest commit of a branch, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/plugins/git/commit.hpp>
#include <oche/term/term.hpp>

#include <string>

namespace oche::git {

/// The commit that `branch` (or a tag, or a full ref) of a repository points to, now and whenever
/// it
/// moves. `repository` is a folder or a URL.
///
/// `worktree:FOLDER` stands for what somebody works on: the files of that folder as they are, with
/// changes that are not committed and new files that git does not ignore.
///
/// Fails: not a repository, or no such branch (naming those that there are).
[[nodiscard]] Term<Commit> head(const std::string& repository, const std::string& branch,
                                Where where = Where::current());

}  // namespace oche::git
