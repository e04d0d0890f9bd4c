// worktree.cpp - an index in memory, whose new objects go to our store instead of the repository's.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// libgit2's index does the work: what is ignored, line endings, which files are unchanged by their
// times. It is never written back, and a backend before the repository's own takes all new objects.
#include "engine/trees/worktree.hpp"

#include "engine/caught.hpp"
#include "engine/trees/fetch.hpp"
#include "engine/trees/repository_handle.hpp"

#include <git2/sys/odb_backend.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_map>

namespace oche::detail {

namespace {

struct Written {
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_BLOB;
  std::string bytes{};  // of trees only: libgit2 reads those again
};

struct Redirect {
  git_odb_backend base{};  // first: libgit2 sees only this
  Batch* batch = nullptr;
  git_odb* theirs = nullptr;  // a second handle: libgit2 holds the first one's lock when it asks
  std::unordered_map<ObjectId, Written, ObjectIdHash> written{};
  std::string trouble{};
};

Redirect& redirect_of(git_odb_backend* backend) { return *reinterpret_cast<Redirect*>(backend); }

int write_object(git_odb_backend* backend, const git_oid* id, const void* data, std::size_t size,
                 git_object_t type) {
  Redirect* const self = &redirect_of(backend);
  Written& written = self->written[to_id(*id)];
  written = {size, type, {}};
  if (type == GIT_OBJECT_TREE) written.bytes.assign(static_cast<const char*>(data), size);
  if (self->batch == nullptr) return 0;  // only the id is asked for
  const auto added = caught([&] {
    const std::string_view bytes(static_cast<const char*>(data), size);
    self->batch->add(type == GIT_OBJECT_TREE ? ObjectKind::tree : ObjectKind::blob, bytes);
    return Unit{};
  });
  if (added.is_ok()) return 0;
  self->trouble = added.failure().what;
  for (const Fact& fact : added.failure().facts)
    self->trouble += ", " + fact.value;
  return GIT_ERROR;
}

// libgit2 would touch the time of an object that the repository has; so it is told that this is
// done.
int freshen_object(git_odb_backend* backend, const git_oid* id) {
  return git_odb_exists(redirect_of(backend).theirs, id) == 1 ? 0 : GIT_ENOTFOUND;
}

// An entry is taken into an index only if its object is there.
int has_object(git_odb_backend* backend, const git_oid* id) {
  return redirect_of(backend).written.contains(to_id(*id)) ? 1 : 0;
}

int read_header(std::size_t* size, git_object_t* type, git_odb_backend* backend,
                const git_oid* id) {
  const auto& written = redirect_of(backend).written;
  const auto found = written.find(to_id(*id));
  if (found == written.end()) return GIT_ENOTFOUND;
  *size = found->second.size;
  *type = found->second.type;
  return 0;
}

int read_object(void** bytes, std::size_t* size, git_object_t* type, git_odb_backend* backend,
                const git_oid* id) {
  if (const int found = read_header(size, type, backend, id); found != 0) return found;
  if (*type != GIT_OBJECT_TREE) return GIT_ENOTFOUND;
  *bytes = git_odb_backend_data_alloc(backend, std::max<std::size_t>(*size, 1));
  if (*bytes == nullptr) return GIT_ERROR;
  std::memcpy(*bytes, redirect_of(backend).written.at(to_id(*id)).bytes.data(), *size);
  return 0;
}

void keep_backend(git_odb_backend*) {}  // it lives in import_work

void check(int result, const std::string& repository, const Redirect& redirect) {
  if (result == 0) return;
  throw errored("cannot take the working folder's files",
                {{"repository", repository},
                 {"reason", redirect.trouble.empty() ? git_reason() : redirect.trouble}},
                "what `git add -A` refuses, this refuses too");
}

/// Opened twice, see `Redirect::theirs`.
struct OpenedTwice {
  GitRepository first;
  GitRepository second;
  GitOdb odb;
  GitOdb theirs;
};

OpenedTwice open_twice(const std::string& repository, const Redirect& redirect) {
  OpenedTwice work{open_repository(repository), open_repository(repository), {}, {}};
  if (git_repository_is_bare(work.first.get()) == 1) {
    throw errored("the repository has no working folder", {{"repository", repository}},
                  "it is bare; give a clone of it that has files");
  }
  git_odb* db = nullptr;
  check(git_repository_odb(&db, work.first.get()), repository, redirect);
  work.odb = GitOdb(db);
  check(git_repository_odb(&db, work.second.get()), repository, redirect);
  work.theirs = GitOdb(db);
  return work;
}

/// The id of the folder's tree; new objects went to the redirect's batch, if it has one.
git_oid write_tree(OpenedTwice& work, const std::string& repository, Redirect& redirect) {
  git_odb_init_backend(&redirect.base, GIT_ODB_BACKEND_VERSION);
  redirect.base.write = write_object;
  redirect.base.freshen = freshen_object;
  redirect.base.exists = has_object;
  redirect.base.read_header = read_header;
  redirect.base.read = read_object;
  redirect.base.free = keep_backend;
  redirect.theirs = work.theirs.get();
  check(git_odb_add_backend(work.odb.get(), &redirect.base, 1000), repository, redirect);

  git_index* index_handle = nullptr;
  check(git_repository_index(&index_handle, work.first.get()), repository, redirect);
  const GitIndex index(index_handle);
  check(git_index_add_all(index.get(), nullptr, GIT_INDEX_ADD_DEFAULT, nullptr, nullptr),
        repository, redirect);
  git_oid root;
  check(git_index_write_tree_to(&root, index.get(), work.first.get()), repository, redirect);
  return root;
}

}  // namespace

ObjectId import_work(Objects& objects, const std::string& repository) {
  Batch batch(objects);
  Redirect redirect;
  redirect.batch = &batch;
  OpenedTwice work = open_twice(repository, redirect);
  const git_oid root = write_tree(work, repository, redirect);
  batch.finish();
  copy_tree(objects, batch, work.theirs.get(), to_id(root));
  batch.finish();
  return to_id(root);
}

Result<std::string> worktree_id(const std::string& repository) {
  return caught([&] {
    const GitLibrary library;
    Redirect redirect;
    OpenedTwice work = open_twice(repository, redirect);
    return to_id(write_tree(work, repository, redirect)).hex();
  });
}

}  // namespace oche::detail
