// repository_handle.cpp - local repositories, through libgit2.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/repository_handle.hpp"

#include "base/text.hpp"
#include "engine/caught.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace oche::detail {

namespace {

std::string absolute(const std::string& folder) {
  const std::unique_ptr<char, decltype(&::free)> real(::realpath(folder.c_str(), nullptr), &::free);
  return real != nullptr ? real.get() : folder;
}

// libgit2 1.5 says "not found" of a repository whose owner it does not trust if no safe.directory
// is configured at all.
bool is_of_somebody_else(const std::string& folder) {
  struct stat status;
  const std::string inner = folder + "/.git";
  const bool has_inner = ::stat(inner.c_str(), &status) == 0;
  if (!has_inner && ::stat((folder + "/objects").c_str(), &status) != 0) return false;
  return status.st_uid != ::geteuid();
}

std::vector<std::string> ref_names(git_repository* repository) {
  git_strarray all{};
  std::vector<std::string> names;
  if (git_reference_list(&all, repository) != 0) return names;
  for (std::size_t i = 0; i < all.count; ++i)
    names.push_back(short_name(all.strings[i]));
  git_strarray_dispose(&all);
  return names;
}

}  // namespace

std::string short_name(const std::string& full) {
  for (const std::string_view prefix : {"refs/heads/", "refs/tags/", "refs/remotes/", "refs/"}) {
    if (full.starts_with(prefix)) return full.substr(prefix.size());
  }
  return full;
}

void throw_no_ref(const std::string& repository, const std::string& ref,
                  const std::vector<std::string>& names) {
  if (names.empty()) {
    throw errored("the repository has no commit yet", {{"repository", repository}},
                  "make a first commit");
  }
  std::vector<Fact> facts{{"repository", repository}, {"wanted", ref}};
  facts.push_back({"nearest", listed(most_alike(short_name(ref), names))});
  facts.push_back({"there are", std::to_string(names.size()) + " branches and tags"});
  throw errored("the repository has no such branch, tag or commit", std::move(facts),
                "`git for-each-ref` in the repository lists what it has");
}

GitRepository open_repository(const std::string& folder) {
  struct stat status;
  if (::stat(folder.c_str(), &status) != 0) {
    throw errored("there is no such repository",
                  {{"repository", folder}, {"reason", reason_of(errno)}});
  }
  git_repository* opened = nullptr;
  const int result =
      git_repository_open_ext(&opened, folder.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (result == 0) return GitRepository(opened);
  if (result == GIT_EOWNER || is_of_somebody_else(folder)) {
    throw errored("the repository belongs to somebody else", {{"repository", folder}},
                  "if you trust it: git config --global --add safe.directory " + absolute(folder));
  }
  if (result == GIT_ENOTFOUND) {
    throw errored("this is not a git repository", {{"repository", folder}},
                  "give the folder that has .git in it, or make one with `git init`");
  }
  throw errored("cannot open the repository", {{"repository", folder}, {"reason", git_reason()}});
}

GitCommit find_commit(git_repository* repository, const std::string& folder,
                      const std::string& ref) {
  git_object* found = nullptr;
  git_reference* named = nullptr;
  if (git_reference_dwim(&named, repository, ref.c_str()) == 0) {
    const GitReference keep(named);
    git_reference_peel(&found, named, GIT_OBJECT_COMMIT);
  } else if (const bool hex = ref.find_first_not_of("0123456789abcdef") == ref.npos;
             hex && ref.size() >= 4) {
    git_object* any = nullptr;
    if (git_revparse_single(&any, repository, ref.c_str()) == 0) {
      const GitObject keep(any);
      git_object_peel(&found, any, GIT_OBJECT_COMMIT);
    }
  }
  const GitObject object(found);
  git_commit* commit = nullptr;
  if (object == nullptr ||
      git_commit_lookup(&commit, repository, git_object_id(object.get())) != 0) {
    throw_no_ref(folder, ref, ref_names(repository));
  }
  return GitCommit(commit);
}

}  // namespace oche::detail
