// repository.hpp - what other people's git repositories point to.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// A name in a repository and the commit that it stands for now.
struct RefValue {
  std::string name;    ///< in full: `refs/heads/main`
  std::string commit;  ///< 40 hexadecimal digits; of an annotated tag, the commit that it tags

  friend bool operator==(const RefValue&, const RefValue&) = default;
};

/// How to talk to a repository on another machine, which is left to the `git` program, so that ssh,
/// credential helpers and proxies work as people have set them up.
struct RemoteOptions {
  std::function<bool()> cancelled;  ///< looked at while waiting; true ends the program
};

/// Is this a URL rather than a folder's path?
[[nodiscard]] bool is_remote(std::string_view repository);

/// The commit of a branch, tag, full ref, `HEAD` or id.
/// Fails: no such repository or ref (naming those there are), an empty repository.
[[nodiscard]] Result<std::string> resolve_ref(const std::string& repository, const std::string& ref,
                                              const RemoteOptions& options = {});

/// The refs whose full or short names match one of the glob patterns, sorted by full name.
[[nodiscard]] Result<std::vector<RefValue>> list_refs(const std::string& repository,
                                                      std::span<const std::string> patterns,
                                                      const RemoteOptions& options = {});

/// The tree of each commit, in hexadecimal, where that can be told without fetching: empty for
/// commits
/// of a remote repository.
/// Fails: a local repository has no such commit.
[[nodiscard]] Result<std::vector<std::string>> trees_of(const std::string& repository,
                                                        std::span<const std::string> commits);

}  // namespace oche::detail
