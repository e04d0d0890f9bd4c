// head.cpp - the newest commit of a branch, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/git/head.hpp>

#include "engine/trees/repository.hpp"
#include "engine/trees/worktree.hpp"
#include "plugins/git/repository_watch.hpp"

#include <utility>

namespace oche::git {

namespace {

Result<Commit> read_head(const std::string& repository, const std::string& branch) {
  if (detail::is_worktree(repository)) {
    const Result<std::string> id = detail::worktree_id(detail::worktree_folder(repository));
    if (!id) return id.failure();
    return Commit{repository, id.value(), branch, id.value()};
  }
  const Result<std::string> id = detail::resolve_ref(repository, branch);
  if (!id) return id.failure();
  const Result<std::vector<std::string>> trees = detail::trees_of(repository, {&id.value(), 1});
  if (!trees) return trees.failure();
  return Commit{repository, id.value(), branch, trees.value().front()};
}

}  // namespace

Term<Commit> head(const std::string& repository, const std::string& branch, Where where) {
  const std::string name = repository + "#" + branch;
  return watch<Commit>(
      name, [repository, branch] { return read_head(repository, branch); },
      [repository](const Action& changed) { return detail::watch_repository(repository, changed); },
      where);
}

}  // namespace oche::git
