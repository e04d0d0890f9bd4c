// folder_watch.cpp - whoever watches a folder is told of everything that happens below it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/folder_watch.hpp"

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

  bool rings_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    const bool rung = rung_.wait_for(lock, time, [&] { return count_ > seen_; });
    seen_ = count_;
    return rung;
  }

 private:
  std::mutex mutex_;
  std::condition_variable rung_;
  int count_ = 0;
  int seen_ = 0;
};

/// Waits until nothing has rung for a while that would be long for a watch.
void settle(Bell& bell) {
  while (bell.rings_within(std::chrono::milliseconds(200))) {
  }
}

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

TEST_CASE("a root that comes, goes and comes again is watched all the same", "[plugins][watch]") {
  const Folder folder;
  Bell bell;
  const FolderWatch watch({folder / "a/b/root"}, skips_nothing, [&] { bell.ring(); });
  fs::create_directories(folder / "a/b/root/in");
  bell.await();
  settle(bell);
  write(folder / "a/b/root/in/file", "1");
  bell.await();
  settle(bell);
  fs::remove_all(folder / "a");
  bell.await();
  settle(bell);
  fs::create_directories(folder / "a/b/root/in");
  bell.await();
  settle(bell);
  write(folder / "a/b/root/in/file", "2");
  bell.await();
}

TEST_CASE("a folder above a root that is renamed, and another in its place", "[plugins][watch]") {
  const Folder folder;
  fs::create_directories(folder / "one/root");
  fs::create_directories(folder / "other/root");
  Bell bell;
  const FolderWatch watch({folder / "one/root"}, skips_nothing, [&] { bell.ring(); });
  fs::rename(folder / "one", folder / "old");
  bell.await();
  fs::rename(folder / "other", folder / "one");
  bell.await();
  settle(bell);
  write(folder / "one/root/file", "1");
  bell.await();
  settle(bell);
  write(folder / "old/root/file", "1");  // it was, and is not any more
  CHECK_FALSE(bell.rings_within(std::chrono::milliseconds(200)));
}

TEST_CASE("a folder that is renamed within is watched under its new name", "[plugins][watch]") {
  const Folder folder;
  fs::create_directories(folder / "root/a/deep");
  fs::create_directories(folder / "outside");
  Bell bell;
  const FolderWatch watch({folder / "root"}, skips_nothing, [&] { bell.ring(); });
  fs::rename(folder / "root/a", folder / "root/b");
  bell.await();
  settle(bell);
  fs::create_directories(folder / "root/b/deep/new");  // found by its parent's name
  bell.await();
  settle(bell);
  write(folder / "root/b/deep/new/file", "1");
  bell.await();
  fs::rename(folder / "root/b", folder / "outside/b");
  bell.await();
  settle(bell);
  write(folder / "outside/b/deep/file", "1");
  CHECK_FALSE(bell.rings_within(std::chrono::milliseconds(200)));
}

TEST_CASE("a file: written, replaced by a rename, removed and made anew", "[plugins][watch]") {
  const Folder folder;
  Bell bell;
  const FolderWatch watch({folder / "settings"}, skips_nothing, [&] { bell.ring(); });
  write(folder / "other", "1");
  CHECK_FALSE(bell.rings_within(std::chrono::milliseconds(200)));
  for (int i = 0; i < 2; ++i) {
    write(folder / "settings", "1");
    bell.await();
    settle(bell);
    write(folder / "aside", "2");
    fs::rename(folder / "aside", folder / "settings");
    bell.await();
    settle(bell);
    fs::remove(folder / "settings");
    bell.await();
    settle(bell);
  }
}

TEST_CASE("events that the kernel drops have everything watched and read anew",
          "[plugins][watch]") {
  const Folder folder;
  const std::string many = folder / "root/many";
  fs::create_directories(many);
  Bell bell;
  std::mutex held;
  const FolderWatch watch({folder / "root"}, skips_nothing, [&] {
    bell.ring();
    const std::lock_guard wait(held);  // who watches is busy; the kernel's queue fills meanwhile
  });
  std::unique_lock hold(held);
  write(folder / "root/first", "1");
  bell.await();
  std::ifstream limit("/proc/sys/fs/inotify/max_queued_events");
  int room = 16384;
  limit >> room;
  // Modes in turn: the folder and the one above it are both told, so no two events are one.
  for (int i = 0; i <= room; ++i)
    fs::permissions(many, i % 2 == 0 ? fs::perms::owner_all : fs::perms::all);
  fs::create_directories(folder / "root/late/deep");  // nobody is told of these
  hold.unlock();
  bell.await();
  settle(bell);
  write(folder / "root/late/deep/file", "1");
  bell.await();
}
