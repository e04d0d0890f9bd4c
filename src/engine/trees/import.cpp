// import.cpp - whole folders.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/import.hpp"

namespace oche::detail {

TreeEntry import_entry(Batch& batch, const FolderReader& folder, FolderEntry entry) {
  if (entry.kind == EntryKind::link) {
    const ObjectId id = batch.add(ObjectKind::blob, folder.link(entry.name));
    return {std::move(entry.name), EntryKind::link, id};
  }
  const Descriptor file = folder.file(entry);
  const ObjectId id = batch.add_file(file.get(), entry.size, folder.path() + "/" + entry.name);
  return {std::move(entry.name), entry.kind, id};
}

std::optional<ObjectId> import_all(Batch& batch, const FolderReader& folder, int depth) {
  check_depth(depth);
  std::vector<TreeEntry> kept;
  for (FolderEntry& entry : folder.entries()) {
    if (entry.kind != EntryKind::folder) {
      kept.push_back(import_entry(batch, folder, std::move(entry)));
      continue;
    }
    const auto inner = import_all(batch, folder.folder(entry.name), depth + 1);
    if (inner) kept.push_back({std::move(entry.name), EntryKind::folder, *inner});
  }
  if (kept.empty()) return std::nullopt;
  return batch.add_tree(kept);
}

}  // namespace oche::detail
