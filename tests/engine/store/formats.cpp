// formats.cpp - a database that an older oche wrote becomes one of today, with all that is in it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/schema.hpp"
#include "engine/store/support.hpp"

using namespace state_tests;

namespace {

/// As that version left it; the files in formats/ are never changed.
void make_old(const std::string& folder, std::size_t version) {
  SQLite::Database database(database_of(folder), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(
      content_of(OCHE_TESTS_FOLDER "/engine/store/formats/" + std::to_string(version) + ".sql"));
}

Digest filled(unsigned char byte) {
  Digest digest;
  digest.bytes.fill(static_cast<decltype(digest.bytes)::value_type>(byte));
  return digest;
}

/// The tables and indexes, however they came to be.
std::vector<std::string> shape_of(const std::string& folder) {
  Connection connection(database_of(folder), Connection::Mode::reading);
  SQLite::Statement query(connection.database(),
                          "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_schema m "
                          "LEFT JOIN pragma_table_xinfo(m.name) c ORDER BY m.name, c.cid");
  std::vector<std::string> lines;
  while (query.executeStep()) {
    std::string& line = lines.emplace_back();
    for (int i = 0; i < 5; ++i)
      line += query.getColumn(i).getString() + " ";
  }
  return lines;
}

}  // namespace

TEST_CASE("store: every older format is kept as a test, and becomes that of today",
          "[engine][store]") {
  const Folder fresh;
  (void)open_store(fresh.path());
  for (std::size_t version = 1; version < migrations().size(); ++version) {
    INFO("from version " << version);
    const Folder folder;
    make_old(folder.path(), version);
    CHECK(text_of(StoreReader::open(folder.path()))
              .starts_with("error: the state folder is of an older version of oche\n"));
    const auto store = open_store(folder.path());
    CHECK(shape_of(folder.path()) == shape_of(fresh.path()));
    Connection connection(database_of(folder.path()), Connection::Mode::reading);
    CHECK(connection.number("PRAGMA user_version") ==
          static_cast<std::int64_t>(migrations().size()));
    value_of(store->reader().verify());
  }
}

TEST_CASE("store: what version 1 kept is all there", "[engine][store]") {
  const Folder folder;
  make_old(folder.path(), 1);
  const auto store = open_store(folder.path());
  StoreReader& reader = store->reader();
  const auto ok = value_of(store->find(filled(1)));
  REQUIRE(ok.has_value());
  CHECK(ok->step == "compile");
  CHECK(ok->version == "3");
  CHECK(ok->ok);
  CHECK(ok->value == "aa");
  CHECK(ok->value_digest == filled(2));
  CHECK(ok->build == 2);
  CHECK(ok->trees == std::vector<std::string>{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"});
  CHECK(ok->path == "linux/compile");
  CHECK(ok->finished == at(1));
  CHECK(ok->used == at(1));  // new in version 2: nobody can have used it earlier
  const auto failed = value_of(store->find(filled(3)));
  REQUIRE(failed.has_value());
  CHECK_FALSE(failed->ok);
  CHECK(failed->failure == R"({"what":"one test failed"})");
  CHECK(failed->expires == at(900));
  CHECK(value_of(reader.attempts_of("linux/test", 9)).front().exit_status == 1);
  CHECK(value_of(reader.running_attempts()).front().id == 7);
  CHECK(store->next_attempt() == 8);
  CHECK(value_of(reader.durations()).front().runs == 4);
  CHECK(value_of(reader.approvals()).front().who == "Ada");
  CHECK(value_of(reader.published(filled(6).hex()))->known);
  CHECK(value_of(reader.fold("builds"))->last == "\x02");
  CHECK(value_of(reader.build_number(filled(1))) == 2);
  CHECK(value_of(reader.history("linux/compile", 9)).front().sequence == 5);
  CHECK(is_stored(commit(*store, {UseResult{filled(1), at(50)}})));
  CHECK(value_of(store->find(filled(1)))->used == at(50));
}
