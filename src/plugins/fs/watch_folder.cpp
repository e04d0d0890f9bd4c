// watch_folder.cpp - what is in a folder of the machine, as an input and as a tree.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/fs/watch_folder.hpp>

#include "engine/work/running_job.hpp"
#include "plugins/fs/read_disk.hpp"
#include <oche/term/step.hpp>

#include <filesystem>
#include <utility>

namespace oche {

namespace {

Failure changed(const std::string& path) {
  return {.what = path + " was changed while it was being read",
          .kind = FailureClass::errored,
          .hint = "it is tried again; wait until whoever writes there is done"};
}

/// Copies what is to be a tree, so that it is what the key says and nothing newer.
Result<Tree> read_folder(Job& job, const std::vector<WatchedFile>& files,
                         const Context<std::string>& path) {
  namespace fs = std::filesystem;
  const fs::path aside = job.temporary_folder();
  for (const WatchedFile& file : files) {
    std::error_code error;
    fs::create_directories((aside / file.path).parent_path());
    fs::copy_file(fs::path(*path) / file.path, aside / file.path, error);
    if (error) return changed(*path);
  }
  const Result<WatchedFolder> copied = detail::list_folder(aside.string());
  if (!copied) return copied.failure();
  if (copied.value().files != files) return changed(*path);
  return detail::trees_of(job).import_folder(aside.string());
}

const auto read_step = step<read_folder>(
    "read folder",
    {.retry = {.attempts = 5, .backoff = 100ms}, .level = Level::harmless, .is_reading = true});

}  // namespace

Term<WatchedFolder> watch_folder(const std::string& path, Where where) {
  return watch<WatchedFolder>(
      path.ends_with('/') ? path : path + "/", [path] { return detail::list_folder(path); },
      [path](Action changed) { return detail::watch_path(path, std::move(changed)); }, where);
}

Term<Tree> tree_of(const Term<WatchedFolder>& folder, Where where) {
  auto files = [](const WatchedFolder& of) { return of.files; };
  auto path = [](const WatchedFolder& of) { return of.path; };
  return read_step(detail::map(where, files, folder), detail::map(where, path, folder), where);
}

}  // namespace oche
