// repository.cpp - refs of local and remote repositories alike.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/repository.hpp"

#include "base/pattern.hpp"
#include "engine/caught.hpp"
#include "engine/trees/remote.hpp"
#include "engine/trees/repository_handle.hpp"

#include <algorithm>

namespace oche::detail {

namespace {

std::vector<RefValue> local_refs(git_repository* repository) {
  git_reference_iterator* opened = nullptr;
  std::vector<RefValue> refs;
  if (git_reference_iterator_new(&opened, repository) != 0) return refs;
  const GitReferenceIterator iterator(opened);
  for (git_reference* next = nullptr; git_reference_next(&next, opened) == 0;) {
    const GitReference ref(next);
    git_object* peeled = nullptr;
    // A ref may name a file or lead nowhere; neither is a commit to build.
    if (git_reference_peel(&peeled, next, GIT_OBJECT_COMMIT) != 0) continue;
    const GitObject commit(peeled);
    refs.push_back({git_reference_name(next), to_id(*git_object_id(peeled)).hex()});
  }
  return refs;
}

}  // namespace

Result<std::string> resolve_ref(const std::string& repository, const std::string& ref,
                                const RemoteOptions& options) {
  return caught([&]() -> std::string {
    if (!is_remote(repository)) {
      const GitLibrary library;
      const GitRepository opened = open_repository(repository);
      return to_id(*git_commit_id(find_commit(opened.get(), repository, ref).get())).hex();
    }
    if (ObjectId::parse(ref)) return ref;
    const std::vector<RefValue> refs = remote_refs(repository, options);
    if (const RefValue* const found = pick_ref(refs, ref); found != nullptr) return found->commit;
    std::vector<std::string> names;
    for (const RefValue& value : refs) {
      if (value.name != "HEAD") names.push_back(short_name(value.name));
    }
    throw_no_ref(without_password(repository), ref, names);
  });
}

Result<std::vector<RefValue>> list_refs(const std::string& repository,
                                        std::span<const std::string> patterns,
                                        const RemoteOptions& options) {
  return caught([&] {
    const std::vector<Pattern> wanted(patterns.begin(), patterns.end());
    const GitLibrary library;
    std::vector<RefValue> refs = is_remote(repository)
                                     ? remote_refs(repository, options)
                                     : local_refs(open_repository(repository).get());
    std::erase_if(refs, [&wanted](const RefValue& ref) {
      return ref.name == "HEAD" ||
             std::none_of(wanted.begin(), wanted.end(), [&ref](const Pattern& pattern) {
               return pattern.matches(ref.name) || pattern.matches(short_name(ref.name));
             });
    });
    std::sort(refs.begin(), refs.end(),
              [](const RefValue& a, const RefValue& b) { return a.name < b.name; });
    return refs;
  });
}

Result<std::vector<std::string>> trees_of(const std::string& repository,
                                          std::span<const std::string> commits) {
  return caught([&] {
    std::vector<std::string> trees(commits.size());
    if (is_remote(repository)) return trees;
    const GitLibrary library;
    const GitRepository opened = open_repository(repository);
    for (std::size_t i = 0; i < commits.size(); ++i) {
      const GitCommit commit = find_commit(opened.get(), repository, commits[i]);
      trees[i] = to_id(*git_commit_tree_id(commit.get())).hex();
    }
    return trees;
  });
}

}  // namespace oche::detail
