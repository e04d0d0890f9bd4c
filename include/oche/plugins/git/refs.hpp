// refs.hpp - the branches and tags of a repository, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/plugins/git/commit.hpp>
#include <oche/term/term.hpp>

#include <string>
#include <vector>

namespace oche::git {

/// The commits of every ref whose name matches one of `patterns`, in the order of the refs' names,
/// now and whenever one appears, moves or goes.
///
///     list_iter(git::refs("repo.git", {"main", "release*"}), by(&Commit::ref), check)
[[nodiscard]] Term<std::vector<Commit>> refs(const std::string& repository,
                                             const std::vector<std::string>& patterns,
                                             Where where = Where::current());

}  // namespace oche::git
