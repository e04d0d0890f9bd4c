// fetch.cpp - the files of a commit.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/running_job.hpp"
#include "plugins/git/repository_watch.hpp"
#include <oche/plugins/git/fetch.hpp>
#include <oche/term/step.hpp>

#include <utility>

namespace oche {

namespace {

Result<Tree> files_of(Job& job, const Commit& commit) {
  detail::Trees& trees = detail::trees_of(job);
  if (detail::is_worktree(commit.repository)) {
    return trees.import_worktree(detail::worktree_folder(commit.repository));
  }
  const Result<detail::FetchedCommit> fetched = trees.fetch_commit(
      commit.repository, commit.id, {.cancelled = [&job] { return job.cancelled(); }});
  if (!fetched) return fetched.failure();
  job.log("commit {} has tree {}", fetched.value().id, fetched.value().tree.id);
  return fetched.value().tree;
}

const auto fetch_step =
    step<files_of>("fetch", {.level = Level::harmless, .is_reading = true});

}  // namespace

Term<Tree> fetch(const Term<Commit>& commit, Where where) { return fetch_step(commit, where); }

}  // namespace oche
