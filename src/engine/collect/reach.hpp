// reach.hpp - marks the objects that are needed, tree by tree.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/collect/object_files.hpp"
#include "engine/trees/objects.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace oche::detail {

class Reach {
 public:
  Reach(Objects& objects, const ObjectFiles& files) : objects_(objects), files_(files) {}

  /// Marks the tree and all that it names, as far as it is there; gives what was not marked before.
  [[nodiscard]] std::vector<ObjectId> add(const ObjectId& tree);
  /// Takes marks away again, given what `add` gave.
  void remove(const std::vector<ObjectId>& ids);

  [[nodiscard]] std::uint64_t bytes_of(const std::vector<ObjectId>& ids) const;
  [[nodiscard]] bool contains(const ObjectId& id) const { return marked_.contains(id); }

 private:
  Objects& objects_;
  const ObjectFiles& files_;
  std::unordered_set<ObjectId, ObjectIdHash> marked_;
};

/// Everything in `bytes` that looks like an id: of an encoded value, whose type nobody knows here,
/// too much is kept rather than too little.
[[nodiscard]] std::vector<ObjectId> ids_in(std::string_view bytes);

}  // namespace oche::detail
