// tree_entries.hpp - a git tree object: names, kinds and ids of one folder level.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/object_id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

enum class EntryKind : std::uint8_t {
  file,
  executable,
  link,  ///< a symbolic link: the object holds the target
  folder,
  commit,  ///< a submodule: the object is in another repository
};

struct TreeEntry {
  std::string name;
  EntryKind kind = EntryKind::file;
  ObjectId id;

  friend bool operator==(const TreeEntry&, const TreeEntry&) = default;
};

/// Could an entry be called this? Not empty, `.`, `..`, `.git` in any case, nor with a slash or
/// NUL: what git refuses too, because such a name could lead out of the folder or into a
/// repository.
[[nodiscard]] bool is_entry_name(std::string_view name);

/// The entries in the order they are stored; nothing if the bytes are no tree or a name is unfit.
[[nodiscard]] std::optional<std::vector<TreeEntry>> parse_tree(std::string_view bytes);

/// Sorts `entries` as git does and gives the object's bytes.
/// Requires: names are fit and differ.
[[nodiscard]] std::string format_tree(std::vector<TreeEntry>& entries);

}  // namespace oche::detail
