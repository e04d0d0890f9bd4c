// folder.cpp - state folders that are in use, not ours, read-only, damaged, or of another version.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/schema.hpp"
#include "engine/store/support.hpp"

#include <csignal>
#include <random>

using namespace state_tests;

namespace {

// As an ordinary user: root may do anything, and would test nothing.
int as_nobody(const std::function<int()>& work) {
  return wait_for(in_child([&] {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 98;
    return work();
  }));
}

void set_mode(const std::string& path, unsigned mode) { REQUIRE(::chmod(path.c_str(), mode) == 0); }

}  // namespace

TEST_CASE("store: a second writer is refused, in this process and in another", "[engine][store]") {
  Folder folder;
  auto store = open_store(folder.path());
  const std::string text = text_of(Store::open(folder.path()));
  CHECK(
      text.starts_with("error: the state folder is in use by another process\n"
                       "  folder    " +
                       folder.path() +
                       "\n"
                       "  process   " +
                       std::to_string(::getpid()) + " ("));
  CHECK(text.find("hint: wait for it or stop it, or name another folder with --state\n") !=
        std::string::npos);
  CHECK(wait_for(in_child([&] { return Store::open(folder.path()).is_failed() ? 7 : 0; })) == 7);
  // Having been refused, another process has not taken the lock away.
  CHECK(Store::open(folder.path()).is_failed());
  CHECK(StoreReader::open(folder.path()).is_ok());
  store.reset();
  CHECK(Store::open(folder.path()).is_ok());
}

TEST_CASE("store: the lock ends with its process, however that ends", "[engine][store]") {
  Folder folder;
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = in_child([&] {
    const auto store = open_store(folder.path());
    if (::write(ready[1], "x", 1) != 1) return 1;
    ::pause();
    return 0;
  });
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  CHECK(
      text_of(Store::open(folder.path())).find(std::string("process   ") + std::to_string(child)) !=
      std::string::npos);
  ::kill(child, SIGKILL);
  CHECK(wait_for(child) == 128 + SIGKILL);
  CHECK(Store::open(folder.path()).is_ok());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("store: a folder is made with its parents and kept out of git", "[engine][store]") {
  Folder folder;
  const std::string path = folder / "a/b, with space/state";
  open_store(path);
  CHECK(content_of(path + "/.gitignore") == "*\n");
  CHECK(fs::exists(path + "/store.db"));
}

TEST_CASE("store: a folder that is none, or not ours to write, is refused", "[engine][store]") {
  Folder folder;
  set_mode(folder.path(), 0755);
  write(folder / "file", "x");
  CHECK(text_of(Store::open(folder / "file")) ==
        "error: the state folder cannot be used\n"
        "  folder   " +
            (folder / "file") +
            "\n"
            "  reason   Not a directory\n"
            "hint: name another folder with --state\n");
  fs::create_directory(folder / "closed");
  CHECK(as_nobody([&] {
          const std::string text = text_of(Store::open(folder / "closed"));
          return text == "error: the state folder cannot be used\n"
                         "  folder   " +
                             (folder / "closed") +
                             "\n"
                             "  reason   Permission denied\n"
                             "hint: look at its owner and permissions, or name another folder with "
                             "--state\n"
                     ? 0
                     : 1;
        }) == 0);
}

TEST_CASE("store: a read-only folder can be read", "[engine][store]") {
  Folder folder;
  set_mode(folder.path(), 0755);
  const std::string state = folder / "state";
  {
    const auto store = open_store(state);
    commit(*store, {result_of(1)});
  }
  const bool with_log = GENERATE(true, false);
  if (!with_log) {  // as a copy made elsewhere may be
    fs::remove(state + "/store.db-wal");
    fs::remove(state + "/store.db-shm");
  }
  set_mode(state, 0555);
  CHECK(as_nobody([&] {
          auto reader = StoreReader::open(state);
          if (!reader) return 1;
          const auto found = reader.value()->find(digest_of(1));
          if (!found || found.value() != result_of(1)) return 2;
          return Store::open(state).is_failed() ? 0 : 3;
        }) == 0);
  set_mode(state, 0755);
}

TEST_CASE("store: a read-only disk can be read, and says why it cannot be written",
          "[engine][store]") {
  const SmallDisk disk("size=8m");
  if (!disk.is_there()) {
    WARN("not tested: this machine does not let us mount a small disk");
    return;
  }
  const std::string state = disk.path() + "/state";
  {
    const auto store = open_store(state);
    commit(*store, {result_of(1)});
  }
  REQUIRE(::mount("none", disk.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0);
  CHECK(value_of(value_of(StoreReader::open(state))->find(digest_of(1))) == result_of(1));
  CHECK(text_of(Store::open(state)) ==
        "error: the state folder cannot be used\n"
        "  folder   " +
            state +
            "\n"
            "  reason   Read-only file system\n"
            "hint: its file system is read-only: name another folder with --state\n");
}

TEST_CASE("store: reading where nothing was stored", "[engine][store]") {
  Folder folder;
  const auto text = text_of(StoreReader::open(folder / "none"));
  CHECK(text ==
        "error: nothing has been stored in this state folder yet\n"
        "  file   " +
            (folder / "none/store.db") +
            "\n"
            "hint: `run` the pipeline first, or name another folder with --state\n");
  write(folder / "new/store.db", "");  // another process is just making it
  CHECK(text_of(StoreReader::open(folder / "new")).starts_with("error: nothing has been stored"));
}

TEST_CASE("store: a database that is none is said to be damaged", "[engine][store]") {
  Folder folder;
  write(folder / "store.db", std::string(10'000, 'x'));
  const std::string expected =
      "error: the state folder's database is damaged\n"
      "  file     " +
      (folder / "store.db") +
      "\n"
      "  reason   file is not a database\n"
      "hint: move the file away and run again: steps are repeated, nothing else is lost\n";
  CHECK(text_of(Store::open(folder.path())) == expected);
  CHECK(text_of(StoreReader::open(folder.path())) == expected);
}

TEST_CASE("store: no damage to the file leads to a crash", "[engine][store]") {
  Folder folder;
  {
    const auto store = open_store(folder / "whole");
    Changes changes;
    for (int i = 0; i < 300; ++i)
      changes.push_back(result_of(i));
    commit(*store, std::move(changes));
  }
  // All of it in the one file, so that damage cannot be healed from the log.
  {
    SQLite::Database database(folder / "whole/store.db", SQLite::OPEN_READWRITE);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  const std::string whole = content_of(folder / "whole/store.db");
  std::mt19937 random(4);
  int noticed = 0;
  for (int round = 0; round < 60; ++round) {
    std::string bytes = whole;
    if (round % 4 == 0) {
      bytes.resize(random() % bytes.size());
    } else {
      for (int i = 0; i < 40; ++i) {
        bytes[4096 + random() % (bytes.size() - 4096)] = static_cast<char>(random());
      }
    }
    const std::string state = folder / (std::string("damaged") + std::to_string(round));
    write(state + "/store.db", bytes);
    auto reader = StoreReader::open(state);
    bool sound = reader.is_ok();
    for (int i = 0; sound && i < 300; ++i) {
      const auto found = reader.value()->find(digest_of(i));
      sound = found.is_ok();
    }
    sound =
        sound && reader.value()->recent_attempts(10).is_ok() && reader.value()->verify().is_ok();
    if (!sound) ++noticed;
    const auto writer = Store::open(state);
    if (writer) {
      const auto& store = writer.value();
      std::promise<void> told;
      store->submit({result_of(1000)}, [&, once = true](const CommitReport&) mutable {
        if (std::exchange(once, false)) told.set_value();
      });
      told.get_future().wait();
    }
  }
  CHECK(noticed > 30);
}

TEST_CASE("store: a record that no longer parses is an error of that record", "[engine][store]") {
  Folder folder;
  {
    const auto store = open_store(folder.path());
    commit(*store, {result_of(1), result_of(2)});
  }
  {
    SQLite::Database database(folder / "store.db", SQLite::OPEN_READWRITE);
    database.exec("UPDATE results SET value_digest = x'1234' WHERE attempt = 1");
  }
  const auto store = open_store(folder.path());
  CHECK(text_of(store->find(digest_of(1))) ==
        "error: a record in the store cannot be read\n"
        "  file     " +
            (folder / "store.db") +
            "\n"
            "  column   value_digest\n"
            "hint: `rebuild` what it belongs to; if there are many, move the file away\n");
  CHECK(value_of(store->find(digest_of(2))) == result_of(2));
  CHECK(is_stored(commit(*store, {result_of(1)})));
  CHECK(value_of(store->find(digest_of(1))) == result_of(1));
}

TEST_CASE("store: older formats are brought up to date, step by step", "[engine][store]") {
  Folder folder;
  const std::string file = folder / "store.db";
  std::vector<const char*> steps(migrations().begin(), migrations().end());
  const std::size_t known = steps.size();
  {
    Connection connection(file, Connection::Mode::writing);
    migrate(connection, steps);
    connection.run("INSERT INTO folds VALUES('kept', x'00', x'01')");
    steps.push_back("ALTER TABLE folds ADD COLUMN note TEXT NOT NULL DEFAULT 'new'");
    steps.push_back("CREATE TABLE extra(x); INSERT INTO no_such_table VALUES(1)");
    CHECK_THROWS_AS(migrate(connection, steps), SQLite::Exception);
    // The step that works is kept, the one that does not has left nothing.
    CHECK(connection.number("PRAGMA user_version") == static_cast<std::int64_t>(known) + 1);
    CHECK(connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") == 0);
    CHECK(connection.number("SELECT count(*) FROM folds WHERE note = 'new'") == 1);
  }
  const std::string newer =
      "error: the state folder was written by a newer version of oche\n"
      "  file           " +
      file +
      "\n"
      "  format         " +
      std::to_string(known + 1) +
      "\n"
      "  newest known   " +
      std::to_string(known) +
      "\n"
      "hint: build the pipeline with that version, or name another folder "
      "with --state\n";
  CHECK(text_of(Store::open(folder.path())) == newer);
  CHECK(text_of(StoreReader::open(folder.path())) == newer);
}

TEST_CASE("store: somebody else's database is left alone", "[engine][store]") {
  Folder folder;
  {
    SQLite::Database database(folder / "store.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE theirs(x)");
  }
  CHECK(text_of(Store::open(folder.path()))
            .starts_with("error: the state folder's database is not oche's\n"));
}
