// fetch_local.cpp - from a repository on this machine.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Objects are copied, not borrowed through git's alternates: what a stored result names must stay,
// whatever its owner does to the repository (S1).
#include "engine/caught.hpp"
#include "engine/trees/fetch.hpp"
#include "engine/trees/repository_handle.hpp"

#include <cstring>

namespace oche::detail {

namespace {

// A tree may have come before its parts: those of a working folder do.
ObjectBytes read_from(Objects& objects, git_odb* from, const ObjectId& id, ObjectKind kind) {
  if (kind == ObjectKind::tree && objects.has(id)) return objects.read(id, kind);
  git_oid oid;
  std::memcpy(oid.id, id.bytes.data(), id.bytes.size());
  git_odb_object* object = nullptr;
  if (git_odb_read(&object, from, &oid) != 0) {
    throw errored("the repository lacks a part of the commit",
                  {{"object", id.hex()}, {"reason", git_reason()}},
                  "a partial or damaged clone? `git fsck` says; `git fetch --refetch` may help");
  }
  return ObjectBytes(object);
}

}  // namespace

void copy_tree(Objects& objects, Batch& batch, git_odb* from, const ObjectId& tree, int depth) {
  check_depth(depth);
  if (objects.is_complete(tree)) return;
  const ObjectBytes object = read_from(objects, from, tree, ObjectKind::tree);
  const auto entries = parse_tree(object.bytes());
  if (!object.is(ObjectKind::tree) || !entries) {
    throw errored("the commit has a tree with an entry that no folder may have",
                  {{"tree", tree.hex()}}, "`git fsck` in the repository says more");
  }
  for (const TreeEntry& entry : *entries) {
    if (entry.kind == EntryKind::folder) {
      copy_tree(objects, batch, from, entry.id, depth + 1);
    } else if (entry.kind != EntryKind::commit && !objects.has(entry.id)) {
      batch.add(ObjectKind::blob, read_from(objects, from, entry.id, ObjectKind::blob).bytes());
    }
  }
  batch.add(ObjectKind::tree, object.bytes());
}

FetchedCommit fetch_local(Objects& objects, const std::string& repository, const std::string& ref) {
  const GitRepository opened = open_repository(repository);
  const GitCommit commit = find_commit(opened.get(), repository, ref);
  const ObjectId tree = to_id(*git_commit_tree_id(commit.get()));
  FetchedCommit fetched{to_id(*git_commit_id(commit.get())).hex(), Tree{tree.hex()}};
  if (objects.is_complete(tree)) return fetched;
  git_odb* db = nullptr;
  if (git_repository_odb(&db, opened.get()) != 0) {
    throw errored("cannot open the repository",
                  {{"repository", repository}, {"reason", git_reason()}});
  }
  const GitOdb from(db);
  Batch batch(objects);
  copy_tree(objects, batch, from.get(), tree);
  batch.finish();
  objects.remember_complete(tree);
  return fetched;
}

}  // namespace oche::detail
