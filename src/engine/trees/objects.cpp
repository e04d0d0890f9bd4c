// objects.cpp - opening the object store and reading from it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/objects.hpp"

#include "engine/caught.hpp"
#include "engine/trees/disk.hpp"

#include <unistd.h>

#include <cstring>
#include <filesystem>

namespace oche::detail {

namespace {

git_oid to_oid(const ObjectId& id) {
  git_oid oid;
  std::memcpy(oid.id, id.bytes.data(), id.bytes.size());
  return oid;
}

bool is_there(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

// Nothing in this repository is reachable from a ref, so git must never clean it up by itself.
constexpr std::string_view config =
    "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n"
    "[gc]\n\tauto = 0\n\tpruneExpire = never\n[maintenance]\n\tauto = false\n";

void write_file(const std::string& folder, std::string_view name, std::string_view text) {
  TemporaryFile file(folder);
  file.write(text);
  file.sync();
  file.move_to(folder + "/" + std::string(name));
}

}  // namespace

void check_depth(int depth) {
  if (depth > max_depth) {
    throw errored("folders are nested too deep", {{"limit", std::to_string(max_depth)}});
  }
}

void Objects::create() {
  const std::lock_guard lock(mutex_);
  if (odb_ != nullptr || is_there(folder_ + "/HEAD")) return;
  for (const char* part :
       {"", "/incoming", "/refs", "/refs/heads", "/objects", "/objects/info", "/objects/pack"}) {
    make_folder(folder_ + part);
  }
  write_file(folder_, "config", config);
  write_file(folder_, "HEAD", "ref: refs/heads/none\n");  // last: with it, the repository is one
  sync_folder(folder_);
}

void Objects::sync_folders() {
  const std::string objects = folder_ + "/objects";
  if (!is_there(objects)) return;
  for (const std::filesystem::directory_entry& entry :
       std::filesystem::directory_iterator(objects)) {
    if (entry.is_directory()) sync_folder(entry.path().string());
  }
  sync_folder(objects);
  sync_folder(folder_);
}

git_odb* Objects::odb() {
  const std::lock_guard lock(mutex_);
  if (odb_ != nullptr) return odb_.get();
  const std::string objects = folder_ + "/objects";
  if (!is_there(objects)) return nullptr;
  git_odb* opened = nullptr;
  // The object database alone: whose folder it is need not be asked, and no configuration is read.
  if (git_odb_open(&opened, objects.c_str()) != 0) {
    throw errored("cannot open the object store", {{"folder", folder_}, {"reason", git_reason()}});
  }
  odb_.reset(opened);
  return opened;
}

void Objects::refresh() {
  if (git_odb* const db = odb(); db != nullptr) git_odb_refresh(db);
}

bool Objects::look_for(const ObjectId& id, git_odb* db) {
  const git_oid oid = to_oid(id);
  return git_odb_exists_ext(db, &oid, GIT_ODB_LOOKUP_NO_REFRESH) == 1;
}

bool Objects::has(const ObjectId& id) {
  git_odb* const db = odb();
  return db != nullptr && look_for(id, db);
}

ObjectBytes Objects::read(const ObjectId& id, ObjectKind kind) {
  const Fact object{kind == ObjectKind::tree ? "tree" : "file", id.hex()};
  const git_oid oid = to_oid(id);
  git_odb* const db = odb();
  git_odb_object* found = nullptr;
  const int status = db != nullptr ? git_odb_read(&found, db, &oid) : GIT_ENOTFOUND;
  if (status == GIT_ENOTFOUND) {
    throw errored("a tree is not in the object store, or not all of it",
                  {object, {"folder", folder_}}, "`rebuild` the step that made it");
  }
  if (status != 0) {
    throw errored("cannot read from the object store",
                  {object, {"folder", folder_}, {"reason", git_reason()}},
                  "if the object is damaged, remove it and `rebuild` the step that made it");
  }
  ObjectBytes bytes(found);
  if (!bytes.is(kind)) {
    throw errored(
        kind == ObjectKind::tree ? "this is not a folder's id" : "this is not a file's id",
        {object, {"folder", folder_}});
  }
  return bytes;
}

ObjectKind Objects::kind_of(const ObjectId& id) {
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const git_oid oid = to_oid(id);
  git_odb* const db = odb();
  if (db == nullptr || git_odb_read_header(&size, &type, db, &oid) != 0) {
    throw errored("cannot read from the object store",
                  {{"object", id.hex()}, {"folder", folder_}, {"reason", git_reason()}});
  }
  return type == GIT_OBJECT_TREE ? ObjectKind::tree : ObjectKind::blob;
}

std::vector<TreeEntry> Objects::read_tree(const ObjectId& id) {
  if (id == empty_tree) return {};
  auto entries = parse_tree(read(id, ObjectKind::tree).bytes());
  if (!entries) {
    throw errored("a tree has an entry that no folder may have", {{"tree", id.hex()}},
                  "such trees are refused, since writing them out could reach other folders");
  }
  return *std::move(entries);
}

bool Objects::is_complete(const ObjectId& tree) {
  git_odb* const db = odb();
  if (tree == empty_tree) return true;
  if (db == nullptr) return false;
  if (check_complete(tree, 0)) return true;
  refresh();  // somebody else may have added what is missing
  return check_complete(tree, 0);
}

bool Objects::check_complete(const ObjectId& tree, int depth) {
  check_depth(depth);
  {
    const std::lock_guard lock(mutex_);
    if (complete_.contains(tree)) return true;
  }
  if (!has(tree)) return false;
  for (const TreeEntry& entry : read_tree(tree)) {
    if (entry.kind == EntryKind::commit) continue;
    if (entry.kind == EntryKind::folder ? !check_complete(entry.id, depth + 1) : !has(entry.id)) {
      return false;
    }
  }
  remember_complete(tree);
  return true;
}

void Objects::remember_complete(const ObjectId& tree) {
  const std::lock_guard lock(mutex_);
  complete_.insert(tree);
}

void Objects::forget_complete() {
  const std::lock_guard lock(mutex_);
  complete_.clear();
}

}  // namespace oche::detail
