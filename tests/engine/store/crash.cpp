// crash.cpp - writers that are killed, and readers beside a writer.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/support.hpp"

#include <csignal>
#include <random>

using namespace state_tests;

namespace {

// Submits one number after the other, each as a result and a line of history, and says on the pipe
// which were reported as stored.
int write_numbers(const std::string& folder, int from, int pipe) {
  const auto store = Store::open(folder);
  if (!store) return 1;
  for (int i = from;; ++i) {
    store.value()->submit({result_of(i), HistoryEntry{0, "p", at(i)}},
                          [pipe, i](const CommitReport& report) {
                            if (!is_stored(report)) ::_exit(2);
                            if (::write(pipe, &i, sizeof i) != sizeof i) ::_exit(3);
                          });
    if (i % 16 == 0 && !store.value()->flush()) return 4;
  }
}

}  // namespace

TEST_CASE("store: kill -9 leaves a prefix with everything that was reported", "[engine][store]") {
  Folder folder;
  std::mt19937 random(20261122);
  int expected = 0;  // numbers below are stored
  for (int round = 0; round < 50; ++round) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const int from = expected;
    const pid_t child = in_child([&] { return write_numbers(folder.path(), from, pipe[1]); });
    ::close(pipe[1]);
    int last = from - 1;
    // Some rounds before the first commit, most in the middle of some.
    for (auto reports = random() % 200; reports != 0; --reports) {
      REQUIRE(::read(pipe[0], &last, sizeof last) == sizeof last);
    }
    ::kill(child, SIGKILL);
    CHECK(wait_for(child) == 128 + SIGKILL);
    while (::read(pipe[0], &last, sizeof last) == sizeof last) {
    }
    ::close(pipe[0]);

    const auto store = open_store(folder.path());
    const auto count = static_cast<int>(value_of(store->reader().count_results()));
    INFO("round " << round << ": " << last + 1 << " reported, " << count << " stored");
    CHECK(count >= last + 1);
    for (int i = std::max(0, from - 1); i < count; ++i) {
      REQUIRE(value_of(store->find(digest_of(i))) == result_of(i));  // a prefix: no gap
    }
    CHECK(value_of(store->reader().history("p", 1'000'000)).size() ==
          static_cast<std::size_t>(count));  // what was submitted together is there together
    value_of(store->reader().verify());
    expected = count;
  }
  CHECK(expected > 500);
}

TEST_CASE("store: readers of other processes see commits while they happen", "[engine][store]") {
  Folder folder;
  auto store = open_store(folder.path());
  commit(*store, {result_of(0)});
  std::vector<pid_t> readers;
  for (int r = 0; r < 2; ++r) {
    readers.push_back(in_child([&] {
      const auto reader = StoreReader::open(folder.path());
      if (!reader) return 1;
      std::size_t seen = 0;
      while (seen < 500) {
        const auto count = reader.value()->count_results();
        const auto history = reader.value()->history("p", 1);
        if (!count || !history) return 2;
        if (count.value() < seen) return 3;  // never backwards
        seen = count.value();
      }
      return 0;
    }));
  }
  for (int i = 1; i < 500; ++i) {
    REQUIRE(is_stored(commit(*store, {result_of(i), HistoryEntry{0, "p", at(i)}})));
  }
  for (const pid_t reader : readers)
    CHECK(wait_for(reader) == 0);
}
