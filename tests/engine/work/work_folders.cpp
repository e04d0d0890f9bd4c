// work_folders.cpp - folders are empty when handed out, and shared with nobody.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/work_folders.hpp"

#include "engine/process/support.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace fs = std::filesystem;
using oche::detail::WorkFolders;

TEST_CASE("work folders: one that was given back is used again, empty", "[engine][work]") {
  const process_tests::Folder folder;
  WorkFolders folders(folder / "work");
  folders.clear();
  const fs::path first = folders.take();
  CHECK(folders.take() != first);
  fs::create_directories(first / "a/b");
  std::ofstream(first / "a/b/c") << "x";
  fs::create_directory_symlink("/usr", first / "link");
  folders.give_back(first, true);
  CHECK(fs::is_empty(first));
  CHECK(fs::exists("/usr/bin"));
  CHECK(folders.take() == first);
}

TEST_CASE("work folders: what somebody may still write to is not used again", "[engine][work]") {
  const process_tests::Folder folder;
  WorkFolders folders(folder / "work");
  folders.clear();
  const fs::path first = folders.take();
  folders.give_back(first, false);
  CHECK_FALSE(fs::exists(first));
  CHECK(folders.take() != first);
}

TEST_CASE("work folders: a changed mode does not reach the next", "[engine][work]") {
  const process_tests::Folder folder;
  WorkFolders folders(folder / "work");
  folders.clear();
  const fs::path first = folders.take();
  fs::permissions(first, fs::perms::owner_all);
  folders.give_back(first, true);
  CHECK_FALSE(fs::exists(first));
}

TEST_CASE("work folders: what a crash left is gone", "[engine][work]") {
  const process_tests::Folder folder;
  fs::create_directories(folder / "work/1/tree");
  WorkFolders folders(folder / "work");
  folders.clear();
  CHECK(fs::is_empty(folders.take()));
}
