// folder_watch.cpp - whoever watches a folder is told of everything that happens below it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/git/folder_watch.hpp"

#include "engine/trees/support.hpp"

#include <condition_variable>
#include <mutex>

using namespace state_tests;

namespace {

/// Counts calls; what never comes is a failed test.
class Bell {
 public:
  void ring() {
    const std::lock_guard lock(mutex_);
    ++count_;
    rung_.notify_all();
  }
  /// Waits for a call after the ones that were awaited before.
  void await() {
    std::unique_lock lock(mutex_);
    REQUIRE(rung_.wait_for(lock, std::chrono::seconds(60), [&] { return count_ > seen_; }));
    seen_ = count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable rung_;
  int count_ = 0;
  int seen_ = 0;
};

bool skips_nothing(std::string_view) { return false; }

}  // namespace

TEST_CASE("files written, renamed and removed, also in folders that came later",
          "[plugins][watch]") {
  const Folder folder;
  fs::create_directories(folder / "old/deep");
  Bell bell;
  const FolderWatch watch({folder.path()}, skips_nothing, [&] { bell.ring(); });
  write(folder / "file", "1");
  bell.await();
  write(folder / "old/deep/file", "1");
  bell.await();
  fs::rename(folder / "file", folder / "other");
  bell.await();
  fs::remove(folder / "other");
  bell.await();
  fs::create_directories(folder / "new/deep");
  bell.await();
  write(folder / "new/deep/file", "1");
  bell.await();
  fs::rename(folder / "new", folder / "renamed");
  bell.await();
  write(folder / "renamed/deep/file", "2");
  bell.await();
}

TEST_CASE("what is skipped rings nothing by itself; the end waits for a call", "[plugins][watch]") {
  const Folder folder;
  fs::create_directories(folder / "objects");
  fs::create_directories(folder / "refs");
  Bell bell;
  int calls = 0;
  {
    const FolderWatch watch(
        {folder.path()}, [](std::string_view name) { return name == "objects"; },
        [&] {
          ++calls;
          bell.ring();
        });
    write(folder / "objects/pack", "1");
    write(folder / "refs/main", "1");
    bell.await();
  }
  const int after = calls;
  write(folder / "refs/main", "2");
  CHECK(calls == after);
}

TEST_CASE("a folder that is not there is no error", "[plugins][watch]") {
  const Folder folder;
  const FolderWatch watch({folder / "absent"}, skips_nothing, [] {});
}
