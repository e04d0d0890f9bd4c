// repository_watch.hpp - tells when a repository, or a folder that is worked in, may have changed.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/inputs.hpp>

#include <string>

namespace oche::detail {

/// `worktree:FOLDER` stands for the files of a folder that somebody works in.
inline constexpr std::string_view worktree_prefix = "worktree:";
[[nodiscard]] bool is_worktree(std::string_view repository);
[[nodiscard]] std::string worktree_folder(std::string_view repository);

/// Calls `changed` whenever reading `repository` again is worth it, until the result is called.
/// A repository on another machine is asked every half minute.
[[nodiscard]] Action watch_repository(const std::string& repository, const Action& changed);

}  // namespace oche::detail
