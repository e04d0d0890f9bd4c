// trees.hpp - folders as values: git trees in a bare object store beside the database.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/repository.hpp"
#include "engine/trees/tree_entries.hpp"
#include <oche/base/outcome.hpp>
#include <oche/base/tree.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

class Objects;

/// One thing in a tree, by its path from the root.
struct TreeFile {
  std::string path;
  EntryKind kind = EntryKind::file;
  std::string id;

  friend bool operator==(const TreeFile&, const TreeFile&) = default;
};

/// A commit whose whole tree is in the object store.
struct FetchedCommit {
  std::string id;
  Tree tree;
};

/// The content-addressed store of folders: `<state folder>/objects.git`, a bare git repository that
/// is made when something is first written.
///
/// Every tree that a member function returns is on disk, synced, with all that it names (D8): a
/// result may name it at once. Failures are of class `errored` unless said otherwise.
///
/// Threads: any, at once; several `Trees`, also of several processes, may use one folder.
class Trees {
 public:
  explicit Trees(std::string folder);
  ~Trees();
  Trees(const Trees&) = delete;
  Trees& operator=(const Trees&) = delete;

  [[nodiscard]] const std::string& folder() const { return folder_; }

  /// Removes what a crashed writer left half-written, and syncs what it could not. For whoever
  /// holds the state folder's lock, before any other use.
  [[nodiscard]] Result<> recover();

  // ---- folders in ------------------------------------------------------------------------------

  /// Everything below `folder` that git could keep: files with their executable bit, links as
  /// links.
  /// `.git`, sockets, pipes, devices and empty folders are left out.
  [[nodiscard]] Result<Tree> import_folder(const std::string& folder);
  /// What `patterns` name below `folder`, each with its path; a folder stands for all in it.
  /// Fails: class `failed`, if a pattern is unfit or nothing matches it; says what there is.
  [[nodiscard]] Result<Tree> import_files(const std::string& folder,
                                          std::span<const std::string> patterns);
  /// The folder that somebody works in, with uncommitted changes and files that git does not
  /// ignore. Neither their repository nor their index is written to.
  [[nodiscard]] Result<Tree> import_worktree(const std::string& repository);
  /// The commit that `ref` (a branch, tag, full ref or id) names in a local or remote repository.
  [[nodiscard]] Result<FetchedCommit> fetch_commit(const std::string& repository,
                                                   const std::string& ref,
                                                   const RemoteOptions& options = {});

  // ---- trees out -------------------------------------------------------------------------------

  /// Writes the tree's files into `folder`, made if absent. Never outside it, whatever the tree
  /// says. Fails: if something there has the name already, if the tree or a part of it is missing.
  [[nodiscard]] Result<> checkout(const Tree& tree, const std::string& folder) const;
  /// The bytes of the file at `path`.
  [[nodiscard]] Result<std::string> read_file(const Tree& tree, std::string_view path) const;
  /// All files, links and submodules, in the order of their paths' bytes, folders not named.
  [[nodiscard]] Result<std::vector<TreeFile>> list(const Tree& tree) const;
  /// The paths of files and links that `pattern` matches, sorted; empty if there are none.
  [[nodiscard]] Result<std::vector<std::string>> glob(const Tree& tree,
                                                      std::string_view pattern) const;
  /// Are this tree and everything that it names here (S1)?
  [[nodiscard]] bool exists(const Tree& tree) const;

  // ---- trees from trees ------------------------------------------------------------------------

  /// The folder at `path`. Fails: class `failed`, if there is none; names the nearest.
  [[nodiscard]] Result<Tree> subtree(const Tree& tree, std::string_view path) const;
  /// Everything of every tree. Fails: class `failed`, where two differ; names the path.
  [[nodiscard]] Result<Tree> merge(std::span<const Tree> trees);

 private:
  std::string folder_;
  std::unique_ptr<Objects> objects_;
};

}  // namespace oche::detail
