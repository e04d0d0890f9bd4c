// import.hpp - from folders on the disk to trees.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/batch.hpp"
#include "engine/trees/folder_reader.hpp"

#include <optional>
#include <span>
#include <string>

namespace oche::detail {

/// Adds one file or link to the batch.
TreeEntry import_entry(Batch& batch, const FolderReader& folder, FolderEntry entry);

/// The tree of a folder; nothing if there is nothing in it that git could keep.
[[nodiscard]] std::optional<ObjectId> import_all(Batch& batch, const FolderReader& folder,
                                                 int depth = 0);

/// The tree of what the patterns match. Throws if one matches nothing.
[[nodiscard]] ObjectId import_matching(Batch& batch, const FolderReader& folder,
                                       std::span<const std::string> patterns);

}  // namespace oche::detail
