// git_library.hpp - libgit2's handles, and its errors in our words.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <git2.h>

#include <memory>
#include <string>

namespace oche::detail {

/// libgit2 is initialised from the first of these on. It is never shut down: what it keeps for each
/// thread that has used it would not be freed for those that end later.
class GitLibrary {
 public:
  GitLibrary() { [[maybe_unused]] static const int count = git_libgit2_init(); }
  GitLibrary(const GitLibrary&) = delete;
  GitLibrary& operator=(const GitLibrary&) = delete;
};

template <auto Free>
struct GitFree {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
template <class T, auto Free>
using GitHandle = std::unique_ptr<T, GitFree<Free>>;

using GitOdb = GitHandle<git_odb, git_odb_free>;
using GitOdbObject = GitHandle<git_odb_object, git_odb_object_free>;
using GitRepository = GitHandle<git_repository, git_repository_free>;
using GitReference = GitHandle<git_reference, git_reference_free>;
using GitReferenceIterator = GitHandle<git_reference_iterator, git_reference_iterator_free>;
using GitObject = GitHandle<git_object, git_object_free>;
using GitCommit = GitHandle<git_commit, git_commit_free>;
using GitIndex = GitHandle<git_index, git_index_free>;

/// What libgit2 says about the last call of this thread.
[[nodiscard]] inline std::string git_reason() {
  const git_error* error = git_error_last();
  return error != nullptr && error->message != nullptr ? error->message : "unknown";
}

}  // namespace oche::detail
