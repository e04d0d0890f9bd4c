// fetch.cpp - the files of a commit.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/git/fetch.hpp>

#include "engine/work/running_job.hpp"
#include "plugins/git/repository_watch.hpp"
#include <oche/term/step.hpp>

#include <utility>

namespace oche {

namespace {

// What identifies the files: their tree where it is known, so that a merge, a revert or an amended
// message is not even read again.
std::string content_of(const Commit& commit) {
  return commit.tree.empty() ? "commit " + commit.id : "tree " + commit.tree;
}

Result<Tree> files_of(Job& job, const std::string&, const Context<Commit>& from) {
  const Commit& commit = *from;
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

const auto fetch_step = step<files_of>("fetch", {.level = Level::harmless, .is_reading = true});

}  // namespace

Term<Tree> fetch(const Term<Commit>& commit, Where where) {
  auto content = [](const Commit& from) { return content_of(from); };
  return fetch_step(detail::map(where, content, commit), commit, where);
}

}  // namespace oche
