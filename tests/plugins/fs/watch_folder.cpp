// watch_folder.cpp - files and folders of the machine as inputs of a real engine.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/fs/watch_folder.hpp>

#include "engine/trees/support.hpp"
#include <oche/engine/engine.hpp>
#include <oche/plugins/fs/watch_file.hpp>
#include <oche/plugins/tree/glob.hpp>
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

using namespace state_tests;

namespace {

/// What a pipeline shows, for the thread of the test.
template <class T>
class Shown {
 public:
  Term<> term(const Term<T>& of) {
    return map(
        [this](const T& value) {
          const std::lock_guard lock(mutex_);
          value_ = value;
          changed_.notify_all();
          return Unit{};
        },
        of);
  }
  void await(const std::function<bool(const T&)>& is_so) {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, std::chrono::seconds(60),
                              [&] { return value_ && is_so(*value_); }));
  }
  void await(const T& wanted) {
    await([&](const T& value) { return value == wanted; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<T> value_;
};

EngineOptions options(const state_tests::Folder& folder) {
  EngineOptions made;
  made.state = folder / "state";
  made.slots = 2;
  made.isolation = Isolation::none;
  return made;
}

/// Is the input's value an old one?
bool is_stale(const Evaluation& run) {
  const auto snapshot = run.snapshot();
  for (NodeId node = 0; node < run.graph().size(); ++node) {
    if (run.graph().kind(node) == Kind::input && snapshot->nodes[node].stale) return true;
  }
  return false;
}

std::vector<std::string> names(const WatchedFolder& folder) {
  std::vector<std::string> all;
  for (const WatchedFile& file : folder.files)
    all.push_back(file.path);
  return all;
}

}  // namespace

TEST_CASE("watch_file: what it says, whoever writes, replaces or removes it", "[plugins][fs]") {
  const state_tests::Folder folder;
  const std::string path = folder / "settings";
  write(path, "one");
  Shown<std::string> shown;
  Engine engine(options(folder));
  const Evaluation run = engine.start(shown.term(watch_file(path)));
  shown.await("one");
  write(path, "two");
  shown.await("two");
  write(folder / "aside", "three");
  fs::rename(folder / "aside", path);
  shown.await("three");
  fs::remove(path);
  while (!is_stale(run))
    std::this_thread::yield();
  CHECK(run.outcome().is_ok());
  write(path, "four");
  shown.await("four");
}

TEST_CASE("watch_file: what is no file, not there, or too large", "[plugins][fs]") {
  const state_tests::Folder folder;
  write(folder / "large", std::string((16U << 20U) + 1, 'x'));
  for (const char* name : {"absent", "state", "large"}) {
    Engine engine(options(folder));
    const Evaluation run = engine.start(watch_file(folder / name));
    run.wait_until_settled();
    REQUIRE(run.outcome().is_failed());
    CHECK(run.outcome().failure().kind == FailureClass::errored);
    CHECK(run.outcome().failure().what == "cannot read " + (folder / name));
  }
}

TEST_CASE("watch_folder: its files, as they come, change and go; and itself", "[plugins][fs]") {
  const state_tests::Folder folder;
  const std::string path = folder / "pages";
  write(path + "/b", "1");
  write(path + "/deep/a", "1");
  write(path + "/.git/config", "none of ours");
  fs::create_symlink("b", path + "/link");
  Shown<WatchedFolder> shown;
  Engine engine(options(folder));
  const Evaluation run = engine.start(shown.term(watch_folder(path)));
  const auto has = [](std::vector<std::string> wanted) {
    return [wanted](const WatchedFolder& now) { return names(now) == wanted; };
  };
  shown.await(has({"b", "deep/a"}));
  std::string before;
  shown.await([&](const WatchedFolder& now) { return before = now.files[0].digest, true; });
  write(path + "/b", "2");
  shown.await([&](const WatchedFolder& now) { return now.files[0].digest != before; });
  fs::permissions(path + "/b", fs::perms::owner_all);
  shown.await([&](const WatchedFolder& now) { return now.files[0].executable; });
  fs::rename(path + "/deep", path + "/also");
  shown.await(has({"also/a", "b"}));
  write(path + "/also/c", "1");
  shown.await(has({"also/a", "also/c", "b"}));
  fs::remove_all(path);
  while (!is_stale(run))
    std::this_thread::yield();
  write(path + "/new", "1");
  shown.await(has({"new"}));
}

TEST_CASE("tree_of: the files of a watched folder, for commands", "[plugins][fs]") {
  const state_tests::Folder folder;
  const std::string path = folder / "site";
  write(path + "/index", "1");
  write(path + "/deep/page", "1");
  Shown<std::vector<std::string>> shown;
  Engine engine(options(folder));
  const Evaluation run = engine.start(shown.term(glob(tree_of(watch_folder(path)), "**")));
  shown.await({"deep/page", "index"});
  write(path + "/other", "1");
  shown.await({"deep/page", "index", "other"});
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}
