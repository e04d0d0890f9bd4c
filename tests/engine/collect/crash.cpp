// crash.cpp - gc is killed at any moment, and nothing that is needed is missing.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/support.hpp"
#include "engine/process/descriptor.hpp"

#include <poll.h>
#include <sys/syscall.h>

#include <csignal>
#include <random>

using namespace collect_tests;

namespace {

/// Until the process has ended, or for so long.
void wait_at_most(pid_t process, std::chrono::nanoseconds time) {
  const Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
  pollfd ended{handle.get(), POLLIN, 0};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const timespec limit{seconds.count(), (time - seconds).count()};
  ::ppoll(&ended, 1, &limit, nullptr);
}

pid_t collect_in_child(const std::string& folder, const CollectOptions& options) {
  return in_child([&] { return collect(folder, options) ? 0 : 1; });
}

/// How long it takes undisturbed, in a copy of `folder`: a kill later than that finds it done.
std::chrono::nanoseconds time_of_collect(const std::string& folder, const CollectOptions& options) {
  const Folder copy;
  fs::copy(folder, copy.path(), fs::copy_options::recursive);
  const auto began = std::chrono::steady_clock::now();
  REQUIRE(wait_for(collect_in_child(copy.path(), options)) == 0);
  return std::chrono::steady_clock::now() - began;
}

/// Every result names trees that are there, and every attempt a log.
void check_whole(const std::string& folder, int first_kept, int last) {
  const auto store = open_store(folder);
  const Trees trees(folder + "/objects.git");
  for (int i = 1; i <= last; ++i) {
    const auto result = value_of(store->find(digest_of(i)));
    INFO("run " << i);
    if (i >= first_kept) REQUIRE(result.has_value());
    if (!result) continue;
    REQUIRE(trees.exists(Tree{result->trees.front()}));
    const auto attempt = value_of(store->reader().attempt(i));
    REQUIRE(attempt.has_value());
    REQUIRE(fs::exists(folder + "/" + attempt->log));
  }
  value_of(store->reader().verify());
}

}  // namespace

TEST_CASE("gc: killed at any moment, it loses nothing that is needed", "[engine][collect]") {
  std::mt19937_64 random(20261122);
  int killed = 0;
  for (int round = 0; round < 12 || killed < 20; ++round) {
    const Folder folder;
    constexpr int runs = 16;
    {
      Past past;
      for (int i = 1; i <= runs; ++i)
        past.run(i, "test", day(i));
      std::vector<std::string> many;
      for (int i = 0; i < 40; ++i)
        many.push_back(fmt::format("{}/{}", i % 2, i));
      (void)past.tree("packed", many);
      fs::copy(past.folder(), folder.path(), fs::copy_options::recursive);
    }
    CollectOptions options = limits({.attempts = 6});
    options.now = day(runs + 1);
    const auto whole = static_cast<std::uint64_t>(time_of_collect(folder.path(), options).count());
    for (int kill = 0; kill < 4; ++kill) {
      const pid_t child = collect_in_child(folder.path(), options);
      wait_at_most(child, std::chrono::nanoseconds(random() % whole));
      ::kill(child, SIGKILL);
      killed += wait_for(child) == 128 + SIGKILL ? 1 : 0;
      check_whole(folder.path(), runs - 5, runs);
    }
    // The rest is done the next time: nothing is left behind for good.
    REQUIRE(collect(folder.path(), options).is_ok());
    const Collected again = value_of(collect(folder.path(), options));
    CHECK(again.results + again.attempts + again.logs + again.objects == 0);
    CHECK(again.kept_results == 6);
    check_whole(folder.path(), runs - 5, runs);
  }
}
