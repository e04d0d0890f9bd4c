// batch.hpp - objects on their way into the store: all of them, synced, or none that matters.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/objects.hpp"
#include "engine/trees/pack_file.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace oche::detail {

/// Gathers new objects. Few small ones become a file each, more a pack. Nothing can be seen in the
/// store before `finish`, which syncs first and renames then: so what can be seen is safe, and
/// writing it again can be left out, whatever crash came between (D8).
///
/// Functions throw an Error. Threads: one.
class Batch {
 public:
  explicit Batch(Objects& objects);

  ObjectId add(ObjectKind kind, std::string_view bytes);
  /// The bytes of an open file of that size; `name` is for errors.
  /// Fails: the file changes its size meanwhile.
  ObjectId add_file(int file, std::uint64_t size, const std::string& name);
  ObjectId add_tree(std::vector<TreeEntry>& entries) {
    return add(ObjectKind::tree, format_tree(entries));
  }
  void finish();

 private:
  struct Small {
    ObjectId id;
    ObjectKind kind;
    std::string bytes;
  };
  [[nodiscard]] bool is_known(const ObjectId& id);
  void add_to_pack(const Small& object);
  PackFile& pack();
  void finish_small();
  void finish_pack();

  Objects& objects_;
  Sha1 digest_;
  std::unordered_set<ObjectId, ObjectIdHash> added_;
  std::vector<Small> small_;
  std::size_t small_bytes_ = 0;
  std::unique_ptr<PackFile> pack_;
};

}  // namespace oche::detail
