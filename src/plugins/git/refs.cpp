// refs.cpp - the branches and tags of a repository, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/git/refs.hpp>

#include "engine/trees/repository.hpp"
#include "plugins/git/repository_watch.hpp"

#include <utility>

namespace oche::git {

namespace {

Result<std::vector<Commit>> read_refs(const std::string& repository,
                                      const std::vector<std::string>& patterns) {
  const Result<std::vector<detail::RefValue>> refs = detail::list_refs(repository, patterns);
  if (!refs) return refs.failure();
  std::vector<std::string> ids;
  for (const detail::RefValue& ref : refs.value())
    ids.push_back(ref.commit);
  const Result<std::vector<std::string>> trees = detail::trees_of(repository, ids);
  if (!trees) return trees.failure();
  std::vector<Commit> commits;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    commits.push_back({repository, ids[i], refs.value()[i].name, trees.value()[i]});
  }
  return commits;
}

}  // namespace

Term<std::vector<Commit>> refs(const std::string& repository,
                               const std::vector<std::string>& patterns, Where where) {
  std::string name = repository + "#";
  for (const std::string& pattern : patterns)
    name += (name.back() == '#' ? "" : ",") + pattern;
  return watch<std::vector<Commit>>(
      name, [repository, patterns] { return read_refs(repository, patterns); },
      [repository](const Action& changed) { return detail::watch_repository(repository, changed); },
      where);
}

}  // namespace oche::git
