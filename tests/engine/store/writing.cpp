// writing.cpp - group commit, order, and what cannot be stored now or ever.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/schema.hpp"
#include "engine/store/support.hpp"
#include "engine/store/writer.hpp"

#include <sqlite3.h>

#include <atomic>
#include <fstream>
#include <future>
#include <thread>

using namespace state_tests;

TEST_CASE("store: what is submitted during a commit is committed together", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  std::promise<void> started;
  std::promise<void> go_on;
  store->submit({result_of(0)}, [&](const CommitReport&) {
    started.set_value();
    go_on.get_future().wait();
  });
  started.get_future().wait();
  std::vector<std::size_t> seen;
  for (int i = 1; i <= 1000; ++i) {
    store->submit({result_of(i)}, [&](const CommitReport& report) {
      if (is_stored(report)) seen.push_back(value_of(store->reader().count_results()));
    });
  }
  CHECK(store->waiting() == 1001);
  go_on.set_value();
  value_of(store->flush());
  CHECK(store->waiting() == 0);
  // Each callback already saw all of them: one transaction, not a thousand.
  CHECK(seen == std::vector<std::size_t>(1000, 1001));
}

TEST_CASE("store: a submit is stored all together and in order", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  std::vector<int> order;
  for (int i = 0; i < 100; ++i) {
    store->submit({result_of(i), HistoryEntry{0, "p", at(i)}},
                  [&order, i](const CommitReport&) { order.push_back(i); });
  }
  value_of(store->flush());
  REQUIRE(order.size() == 100);
  CHECK(std::is_sorted(order.begin(), order.end()));
  const auto history = value_of(store->reader().history("p", 100));
  REQUIRE(history.size() == 100);
  for (int i = 0; i < 100; ++i)
    CHECK(history[static_cast<std::size_t>(i)].when == at(99 - i));
}

TEST_CASE("store: threads submit and look things up at once", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  std::atomic<int> missing{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const int number = t * 1000 + i;
        std::promise<void> stored;
        store->submit({result_of(number)}, [&](const CommitReport&) { stored.set_value(); });
        stored.get_future().wait();
        const auto found = store->find(digest_of(number));
        if (!found || found.value() != result_of(number)) ++missing;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(missing == 0);
  CHECK(value_of(store->reader().count_results()) == 200);
}

TEST_CASE("store: closing stores what was submitted last", "[engine][store]") {
  Folder folder;
  for (int i = 0; i < 50; ++i)
    open_store(folder.path())->submit({result_of(i)});
  CHECK(value_of(open_store(folder.path())->reader().count_results()) == 50);
}

TEST_CASE("store: a callback that throws stops nothing", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  store->submit({result_of(1)}, [](const CommitReport&) { throw std::runtime_error("a bug"); });
  CHECK(is_stored(commit(*store, {result_of(2)})));
  CHECK(value_of(store->find(digest_of(1))) == result_of(1));
}

TEST_CASE("store: what can never be stored is refused, its neighbours are not", "[engine][store]") {
  const Commits commits = GENERATE(Commits::on_thread, Commits::by_hand, Commits::held);
  Folder folder;
  const auto connection =
      std::make_shared<Connection>(database_of(folder.path()), Connection::Mode::writing);
  migrate(*connection, migrations());
  sqlite3_limit(connection->database().getHandle(), SQLITE_LIMIT_LENGTH, 100'000);
  Writer writer(connection, commits);
  std::vector<std::pair<int, CommitReport>> reports;
  const auto submit = [&](int number, std::size_t size) {
    StoredResult result = result_of(number);
    result.value = std::string(size, 'x');
    writer.submit({result, HistoryEntry{0, "p", at(number)}},
                  [&reports, number](const auto& report) { reports.emplace_back(number, report); });
  };
  submit(1, 10);
  submit(2, 200'000);
  submit(3, 10);
  value_of(writer.flush());
  writer.show();
  REQUIRE(reports.size() == 3);
  CHECK(is_stored(reports[0].second));
  CHECK(reports[1].second.state == CommitReport::State::refused);
  CHECK(render(reports[1].second.failure) ==
        "error: a value is too large to be stored\n"
        "  file     " +
            database_of(folder.path()) +
            "\n"
            "  reason   string or blob too big\n"
            "hint: let the step return a Tree instead\n");
  CHECK(is_stored(reports[2].second));
  const auto reader = value_of(StoreReader::open(folder.path()));
  CHECK(value_of(reader->count_results()) == 2);
  CHECK(value_of(reader->history("p", 10)).size() == 2);  // nothing of the refused one
}

TEST_CASE("store: what is held only its own reader sees, and all others once it is shown",
          "[engine][store]") {
  Folder folder;
  auto store = value_of(Store::open(folder.path(), Commits::held));
  store->submit({result_of(1)});
  CHECK_FALSE(value_of(store->find(digest_of(1))));
  CHECK(store->commit_by_hand());
  CHECK(value_of(store->find(digest_of(1))) == result_of(1));
  const auto other = value_of(StoreReader::open(folder.path()));
  CHECK_FALSE(value_of(other->find(digest_of(1))));
  store->show();
  CHECK(value_of(other->find(digest_of(1))) == result_of(1));
  // What is held at the end is shown, what is not committed in a crash is lost.
  store->submit({result_of(2)});
  CHECK(store->commit_by_hand());
  store->submit({result_of(3)});
  store->abandon();
  store.reset();
  CHECK(value_of(other->find(digest_of(2))) == result_of(2));
  CHECK_FALSE(value_of(other->find(digest_of(3))));
}

TEST_CASE("store: on a full disk writes wait, and none is lost", "[engine][store]") {
  const SmallDisk disk("size=3m");
  if (!disk.is_there()) {
    WARN("not tested: this machine does not let us mount a small disk");
    return;
  }
  const std::string folder = disk.path() + "/state";
  const auto store = open_store(folder);
  CHECK(is_stored(commit(*store, {result_of(0)})));
  const std::string ballast = disk.path() + "/ballast";
  {
    std::ofstream file(ballast, std::ios::binary);
    const std::string block(65536, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  std::vector<CommitReport> reports;
  std::promise<void> all_stored;
  const auto report = [&](const CommitReport& what) {
    reports.push_back(what);
    if (is_stored(what)) all_stored.set_value();
  };
  for (int i = 1; i <= 20; ++i) {
    StoredResult result = result_of(i);
    result.value = std::string(20'000, static_cast<char>('a' + i));
    store->submit({result}, i == 20 ? OnCommitted(report) : OnCommitted());
  }
  const Result<> full = store->flush();
  CHECK(text_of(full) ==
        "error: the state folder's disk is full\n"
        "  file     " +
            folder +
            "/store.db\n"
            "  reason   database or disk is full\n"
            "hint: make room: what waits is stored then, and what was stored is safe\n");
  REQUIRE_FALSE(reports.empty());
  CHECK(reports.back().state == CommitReport::State::waiting);
  CHECK(store->waiting() > 0);
  CHECK(value_of(store->find(digest_of(0))) == result_of(0));  // reading goes on

  reports.clear();
  CHECK(store->flush().is_failed());  // still full: still waiting
  fs::remove(ballast);
  all_stored.get_future().wait();  // nobody has to say that there is room
  value_of(store->flush());
  CHECK(store->waiting() == 0);
  CHECK(value_of(store->reader().count_results()) == 21);
  value_of(store->reader().verify());
}
