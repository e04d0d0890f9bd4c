// objects.hpp - the bare git repository that all trees are kept in.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/git_library.hpp"
#include "engine/trees/object_id.hpp"
#include "engine/trees/tree_entries.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace oche::detail {

enum class ObjectKind : std::uint8_t { blob, tree };

/// The bytes of an object, while this lives.
class ObjectBytes {
 public:
  explicit ObjectBytes(git_odb_object* object) : object_(object) {}
  [[nodiscard]] std::string_view bytes() const {
    return {static_cast<const char*>(git_odb_object_data(object_.get())),
            git_odb_object_size(object_.get())};
  }
  [[nodiscard]] bool is(ObjectKind kind) const {
    return git_odb_object_type(object_.get()) ==
           (kind == ObjectKind::blob ? GIT_OBJECT_BLOB : GIT_OBJECT_TREE);
  }

 private:
  GitOdbObject object_;
};

/// Reading objects; `Batch` writes them. An object that can be seen here is complete and synced.
///
/// Functions throw an Error that names the object and what to try. Threads: any.
class Objects {
 public:
  explicit Objects(std::string folder) : folder_(std::move(folder)) {}

  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] std::string incoming() const { return folder_ + "/incoming"; }

  /// Makes the repository if there is none.
  void create();
  /// Syncs every folder: a writer may have been killed between moving an object to its place and
  /// syncing the folder, and nobody writes again what can be seen.
  void sync_folders();
  /// Looks for packs that were added.
  void refresh();

  /// Is it here? May miss what another process has added just now.
  [[nodiscard]] bool has(const ObjectId& id);
  [[nodiscard]] ObjectBytes read(const ObjectId& id, ObjectKind kind);
  [[nodiscard]] ObjectKind kind_of(const ObjectId& id);
  [[nodiscard]] std::vector<TreeEntry> read_tree(const ObjectId& id);

  /// Are this tree and all that it names here? Remembered if so; the empty tree always is.
  [[nodiscard]] bool is_complete(const ObjectId& tree);
  /// For whoever has just written all of it.
  void remember_complete(const ObjectId& tree);
  /// What was remembered may be wrong now: something was removed.
  void forget_complete();

 private:
  [[nodiscard]] git_odb* odb();  // null: nothing was ever written
  [[nodiscard]] bool look_for(const ObjectId& id, git_odb* odb);
  [[nodiscard]] bool check_complete(const ObjectId& tree, int depth);

  GitLibrary library_;
  std::string folder_;
  std::mutex mutex_;
  GitOdb odb_;
  std::unordered_set<ObjectId, ObjectIdHash> complete_;
};

/// How deep folders may be nested: deeper ones could be met only with bad intent.
inline constexpr int max_depth = 1000;
/// Throws once `depth` is beyond that.
void check_depth(int depth);

}  // namespace oche::detail
