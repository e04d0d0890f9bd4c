// object_files.hpp - which objects lie in which files of the object store, and how large they are.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/object_id.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace oche::detail {

struct LooseObject {
  ObjectId id;
  std::uint64_t bytes = 0;
};

struct Pack {
  std::string base;  ///< the path without `.pack` and `.idx`
  std::uint64_t bytes = 0;
  struct Entry {
    ObjectId id;
    std::uint64_t bytes = 0;
  };
  std::vector<Entry> entries;
};

/// What is in `objects.git` now.
struct ObjectFiles {
  std::vector<LooseObject> loose;
  std::vector<Pack> packs;
  std::unordered_map<ObjectId, std::uint64_t, ObjectIdHash> sizes;  ///< of either kind
};

/// Files that are no objects, and packs whose index cannot be read, are left out.
[[nodiscard]] ObjectFiles find_object_files(const std::string& folder);

[[nodiscard]] std::string loose_path(const std::string& folder, const ObjectId& id);

}  // namespace oche::detail
