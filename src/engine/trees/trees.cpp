// trees.cpp - what can be done with trees, each in its own file.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/trees.hpp"

#include "base/pattern.hpp"
#include "engine/caught.hpp"
#include "engine/trees/checkout.hpp"
#include "engine/trees/fetch.hpp"
#include "engine/trees/import.hpp"
#include "engine/trees/look.hpp"
#include "engine/trees/merge.hpp"
#include "engine/trees/worktree.hpp"

#include <algorithm>
#include <filesystem>

namespace oche::detail {

namespace {

ObjectId id_of(const Tree& tree) {
  if (const auto id = ObjectId::parse(tree.id)) return *id;
  throw errored("this is not a tree's id", {{"tree", tree.id}});
}

}  // namespace

Trees::Trees(std::string folder)
    : folder_(std::move(folder)), objects_(std::make_unique<Objects>(folder_)) {}

Trees::~Trees() = default;

Result<> Trees::recover() {
  return caught([&] {
    namespace fs = std::filesystem;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator(objects_->incoming(), none)) {
      if (entry.path().filename() != "lock") fs::remove(entry.path(), none);
    }
    objects_->sync_folders();
    return Unit{};
  });
}

Result<Tree> Trees::import_folder(const std::string& folder) {
  return caught([&] {
    Batch batch(*objects_);
    const ObjectId id = import_all(batch, FolderReader(folder)).value_or(empty_tree);
    batch.finish();
    objects_->remember_complete(id);
    return Tree{id.hex()};
  });
}

Result<Tree> Trees::import_files(const std::string& folder, std::span<const std::string> patterns) {
  return caught([&] {
    if (patterns.empty()) return Tree{empty_tree.hex()};
    Batch batch(*objects_);
    const ObjectId id = import_matching(batch, FolderReader(folder), patterns);
    batch.finish();
    objects_->remember_complete(id);
    return Tree{id.hex()};
  });
}

Result<Tree> Trees::import_worktree(const std::string& repository) {
  return caught([&] { return Tree{import_work(*objects_, repository).hex()}; });
}

Result<FetchedCommit> Trees::fetch_commit(const std::string& repository, const std::string& ref,
                                          const RemoteOptions& options) {
  return caught([&] {
    return is_remote(repository) ? fetch_remote(*objects_, repository, ref, options)
                                 : fetch_local(*objects_, repository, ref);
  });
}

Result<> Trees::checkout(const Tree& tree, const std::string& folder) const {
  return caught([&] {
    check_out(*objects_, id_of(tree), folder);
    return Unit{};
  });
}

Result<std::string> Trees::read_file(const Tree& tree, std::string_view path) const {
  return caught([&] {
    const TreeEntry entry = find_entry(*objects_, id_of(tree), path);
    if (entry.kind != EntryKind::file && entry.kind != EntryKind::executable) {
      throw said_no("a tree has no file at this path", {{"path", std::string(path)}});
    }
    return std::string(objects_->read(entry.id, ObjectKind::blob).bytes());
  });
}

Result<std::vector<TreeFile>> Trees::list(const Tree& tree) const {
  return caught([&] {
    std::vector<TreeFile> files;
    const auto add = [&files](const std::string& path, const TreeEntry& entry) {
      if (entry.kind != EntryKind::folder) files.push_back({path, entry.kind, entry.id.hex()});
      return true;
    };
    visit_entries(*objects_, id_of(tree), "", add);
    std::sort(files.begin(), files.end(),
              [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
    return files;
  });
}

Result<std::vector<std::string>> Trees::glob(const Tree& tree, std::string_view pattern) const {
  return caught([&] {
    const Pattern wanted(pattern);
    std::vector<std::string> paths;
    const auto add = [&](const std::string& path, const TreeEntry& entry) {
      if (entry.kind == EntryKind::folder) return wanted.may_match_below(path);
      if (entry.kind != EntryKind::commit && wanted.matches(path)) paths.push_back(path);
      return true;
    };
    visit_entries(*objects_, id_of(tree), "", add);
    std::sort(paths.begin(), paths.end());
    return paths;
  });
}

bool Trees::exists(const Tree& tree) const {
  const auto found = caught([&] { return objects_->is_complete(id_of(tree)); });
  return found.is_ok() && found.value();
}

Result<Tree> Trees::subtree(const Tree& tree, std::string_view path) const {
  return caught([&] {
    const TreeEntry entry = find_entry(*objects_, id_of(tree), path);
    if (entry.kind != EntryKind::folder) {
      throw said_no("a tree has a file where a folder was asked for", {{"path", std::string(path)}},
                    "`glob` and `read_file` are for files");
    }
    return Tree{entry.id.hex()};
  });
}

Result<Tree> Trees::merge(std::span<const Tree> trees) {
  return caught([&] {
    std::vector<ObjectId> ids;
    for (const Tree& tree : trees)
      ids.push_back(id_of(tree));
    Batch batch(*objects_);
    const ObjectId merged = merge_trees(*objects_, batch, ids);
    batch.finish();
    return Tree{merged.hex()};
  });
}

}  // namespace oche::detail
