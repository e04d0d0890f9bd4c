// watch_folder.hpp - what is in a folder of the machine, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/plugins/fs/folder.hpp>
#include <oche/term/term.hpp>

#include <string>
#include <vector>

namespace oche {

/// The files below a folder, sorted by path, looked at again when anything there is made, written,
/// renamed or removed, and when the folder itself goes and comes.
///
///     auto files = map([](const WatchedFolder& f) { return f.files; }, watch_folder("pages"));
///     list_map(files, by(&WatchedFile::path), [](Term<WatchedFile> page) { … });
///     auto site = exec(tree_of(watch_folder("site")), {.argv = {"make"}});
///
/// While it is not there the last list stays, stale. Nothing is watched while nobody wants it.
/// Links, `.git` and what is no file are left out. For a repository that somebody works in,
/// `git::head` with `worktree:FOLDER` knows what git ignores.
///
/// Diagram: an input, its path with a slash.
/// Fails: *errored*, if it was never read.
/// Cost:  reads every file after each change.
[[nodiscard]] Term<WatchedFolder> watch_folder(const std::string& path,
                                               Where where = Where::current());

/// The files of a watched folder, as a tree that commands work in.
///
/// Diagram: a step, `read folder`; reading, not work.
/// Fails: *errored*, and is tried again, if the folder is changed while it is being read.
[[nodiscard]] Term<Tree> tree_of(const Term<WatchedFolder>& folder, Where where = Where::current());

}  // namespace oche
