// fetch_remote.cpp - from a repository on another machine.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Beside the objects there is one small mirror for each remote repository, without history, so that
// git asks the other side only for what has changed. It may be deleted at any time. What is needed
// is copied from it into the object store like from any local repository, and synced there.
#include "engine/caught.hpp"
#include "engine/trees/disk.hpp"
#include "engine/trees/fetch.hpp"
#include "engine/trees/remote.hpp"

#include <unistd.h>

namespace oche::detail {

namespace {

std::string mirror_of(const std::string& folder, const std::string& repository) {
  Sha1 digest;
  digest.update(repository);  // not the URL itself: it may hold a password (X1)
  return folder + "/remotes/" + digest.finish().hex() + ".git";
}

void make_mirror(const std::string& mirror, const RemoteOptions& options) {
  if (::access((mirror + "/HEAD").c_str(), F_OK) == 0) return;
  const GitAnswer made = run_git({"init", "--quiet", "--bare", "--", mirror}, options);
  if (made.exit_status != 0) {
    throw errored("git cannot make a repository", {{"folder", mirror}, {"reason", made.errors}});
  }
}

GitAnswer fetch_into(const std::string& mirror, const std::string& repository,
                     const std::string& what, const std::string& as, const RemoteOptions& options) {
  // We hold the mirror's lock, so this one is of a git that was killed.
  ::unlink((mirror + "/shallow.lock").c_str());
  ::unlink((mirror + "/" + as + ".lock").c_str());
  return run_git({"-c", "gc.autoDetach=false", "-c", "maintenance.autoDetach=false", "-c",
                  "protocol.version=2", "-C", mirror, "fetch", "--quiet", "--no-tags",
                  "--no-write-fetch-head", "--depth=1", "--", repository, "+" + what + ":" + as},
                 options);
}

}  // namespace

FetchedCommit fetch_remote(Objects& objects, const std::string& repository, const std::string& ref,
                           const RemoteOptions& options) {
  const auto resolved = resolve_ref(repository, ref, options);
  if (!resolved.is_ok()) throw Error(resolved.failure());
  const std::string& commit = resolved.value();
  objects.create();
  const std::string mirror = mirror_of(objects.folder(), repository);
  make_folder(objects.folder() + "/remotes");
  const Descriptor lock = lock_file(mirror + ".lock");
  make_mirror(mirror, options);
  const std::string as = "refs/oche/" + commit;
  if (::access((mirror + "/" + as).c_str(), F_OK) != 0) {
    GitAnswer answer = fetch_into(mirror, repository, commit, as, options);
    // Old servers give only what a ref names.
    if (answer.exit_status != 0 && ref != commit) {
      answer = fetch_into(mirror, repository, ref, as, options);
    }
    if (answer.exit_status != 0) throw_remote_error(repository, answer);
  }
  FetchedCommit fetched = fetch_local(objects, mirror, as);
  if (fetched.id != commit) {
    ::unlink((mirror + "/" + as).c_str());
    throw errored("a branch moved while it was fetched",
                  {{"repository", without_password(repository)}, {"ref", ref}}, "try again");
  }
  return fetched;
}

}  // namespace oche::detail
