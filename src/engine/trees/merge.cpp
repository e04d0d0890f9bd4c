// merge.cpp - the union of trees, level by level.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/merge.hpp"

#include "base/make_set.hpp"
#include "engine/caught.hpp"

#include <map>

namespace oche::detail {

namespace {

std::string describe(const TreeEntry& entry) {
  constexpr const char* words[] = {"file", "executable file", "link", "folder", "submodule"};
  return std::string(words[static_cast<std::size_t>(entry.kind)]) + " " +
         entry.id.hex().substr(0, 12);
}

[[noreturn]] void conflict(const std::string& path, const TreeEntry& a, const TreeEntry& b) {
  throw said_no("two trees that are merged differ",
                {{"path", path}, {"one has", describe(a)}, {"another", describe(b)}},
                "merge trees that share no path, or take a `subtree` of one of them");
}

}  // namespace

ObjectId merge_trees(Objects& objects, Batch& batch, std::span<const ObjectId> trees,
                     const std::string& path, int depth) {
  check_depth(depth);
  std::vector<ObjectId> different(trees.begin(), trees.end());
  make_set(different);
  std::erase(different, empty_tree);
  if (different.empty()) return empty_tree;
  if (different.size() == 1) return different.front();

  std::map<std::string, std::vector<TreeEntry>> by_name;
  for (const ObjectId& tree : different) {
    for (TreeEntry& entry : objects.read_tree(tree)) {
      by_name[entry.name].push_back(std::move(entry));
    }
  }
  std::vector<TreeEntry> merged;
  for (auto& [name, same] : by_name) {
    TreeEntry& first = same.front();
    const std::string inner = path.empty() ? name : path + "/" + name;
    std::vector<ObjectId> folders;
    for (const TreeEntry& entry : same) {
      const bool both_folders = entry.kind == EntryKind::folder && first.kind == EntryKind::folder;
      if (!both_folders && entry != first) conflict(inner, first, entry);
      folders.push_back(entry.id);
    }
    if (first.kind == EntryKind::folder) {
      first.id = merge_trees(objects, batch, folders, inner, depth + 1);
    }
    merged.push_back(std::move(first));
  }
  return batch.add_tree(merged);
}

}  // namespace oche::detail
