// work_folders.cpp - the folders in which attempts work.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/work_folders.hpp"

#include "engine/trees/disk.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

/// False if something could not be removed: a program may have left what only root can.
bool empty(const fs::path& folder) {
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    fs::remove_all(entry->path(), error);
    if (error) return false;
  }
  return !error;
}

}  // namespace

void WorkFolders::clear() {
  std::error_code error;
  fs::remove_all(root_, error);
  fs::create_directories(root_, error);
  if (error) throw_disk_error("cannot make a folder to work in", root_.string(), error.value());
}

fs::path WorkFolders::take() {
  fs::path made;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      made = std::move(free_.back());
      free_.pop_back();
      return made;
    }
    made = root_ / std::to_string(++made_);
  }
  std::error_code error;
  fs::create_directory(made, error);
  if (error) throw_disk_error("cannot make a folder to work in", made.string(), error.value());
  return made;
}

void WorkFolders::give_back(const fs::path& folder, bool is_alone) {
  std::error_code error;
  // What a program made of its folder's mode must not reach the next one.
  const bool is_as_made = (fs::status(folder, error).permissions() & fs::perms::mask) ==
                          (fs::status(root_, error).permissions() & fs::perms::mask);
  if (is_alone && is_as_made && empty(folder)) {
    const std::lock_guard lock(mutex_);
    free_.push_back(folder);
    return;
  }
  fs::remove_all(folder, error);
}

}  // namespace oche::detail
