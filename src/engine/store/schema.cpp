// schema.cpp - the tables.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/schema.hpp"

#include <array>

namespace oche::detail {

namespace {

// "oche" in ASCII, so that `file` and we can tell whose database it is.
constexpr std::int64_t application_id = 0x6F636865;

// Times are nanoseconds since 1970-01-01 UTC, durations nanoseconds, digests 32 bytes.
constexpr const char* version_1 = R"sql(
PRAGMA application_id = 1868785765;
CREATE TABLE results(
  key          BLOB    NOT NULL PRIMARY KEY,
  step         TEXT    NOT NULL,
  version      TEXT    NOT NULL,
  ok           INTEGER NOT NULL,
  value        BLOB    NOT NULL,
  value_digest BLOB    NOT NULL,
  failure      TEXT    NOT NULL,
  finished     INTEGER NOT NULL,
  expires      INTEGER,
  attempt      INTEGER NOT NULL,
  build        INTEGER NOT NULL,
  trees        TEXT    NOT NULL
) STRICT;
CREATE TABLE attempts(
  id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  key         BLOB    NOT NULL,
  path        TEXT    NOT NULL,
  step        TEXT    NOT NULL,
  state       INTEGER NOT NULL,
  started     INTEGER NOT NULL,
  finished    INTEGER,
  duration    INTEGER NOT NULL,
  log         TEXT    NOT NULL,
  isolation   TEXT    NOT NULL,
  exit_status INTEGER,
  build       INTEGER NOT NULL,
  text        TEXT    NOT NULL
) STRICT;
CREATE INDEX attempts_by_path ON attempts(path, id);
CREATE INDEX attempts_running ON attempts(id) WHERE state = 0;
CREATE TABLE durations(
  path TEXT    NOT NULL PRIMARY KEY,
  step TEXT    NOT NULL,
  last INTEGER NOT NULL,
  mean INTEGER NOT NULL,
  runs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE approvals(
  path   TEXT    NOT NULL,
  digest BLOB    NOT NULL,
  who    TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY(path, digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE published(
  name   TEXT    NOT NULL PRIMARY KEY,
  known  INTEGER NOT NULL,
  value  BLOB    NOT NULL,
  digest BLOB    NOT NULL,
  at     INTEGER NOT NULL
) STRICT;
CREATE TABLE folds(
  name  TEXT NOT NULL PRIMARY KEY,
  state BLOB NOT NULL,
  last  BLOB NOT NULL
) STRICT;
CREATE TABLE build_numbers(
  key    BLOB    NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE history(
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  path     TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  key      BLOB    NOT NULL,
  attempt  INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  reused   INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  text     TEXT    NOT NULL
) STRICT;
CREATE INDEX history_by_path ON history(path, sequence);
)sql";

// What the keys of attempts are made of, so that `why` can say what has changed; and when a result
// was used last, so that `gc` can tell what no run takes any more.
constexpr const char* version_2 = R"sql(
CREATE TABLE keys(
  key   BLOB NOT NULL PRIMARY KEY,
  parts BLOB NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE results ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
UPDATE results SET used = finished;
)sql";

constexpr std::array<const char*, 2> all_migrations{version_1, version_2};

std::int64_t version_of(Connection& connection, std::size_t newest) {
  const std::int64_t version = connection.number("PRAGMA user_version");
  const std::int64_t owner = connection.number("PRAGMA application_id");
  const bool empty = connection.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (version < 0 || (!empty && owner != application_id) || (empty && version != 0)) {
    throw errored("the state folder's database is not oche's", {{"file", connection.file()}},
                  "name another folder with --state");
  }
  if (version > static_cast<std::int64_t>(newest)) {
    throw errored("the state folder was written by a newer version of oche",
                  {{"file", connection.file()},
                   {"format", std::to_string(version)},
                   {"newest known", std::to_string(newest)}},
                  "build the pipeline with that version, or name another folder with --state");
  }
  return version;
}

}  // namespace

std::span<const char* const> migrations() { return all_migrations; }

void migrate(Connection& connection, std::span<const char* const> steps) {
  const auto from = static_cast<std::size_t>(version_of(connection, steps.size()));
  for (std::size_t version = from; version < steps.size(); ++version) {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    connection.run(steps[version]);
    connection.run(("PRAGMA user_version = " + std::to_string(version + 1)).c_str());
    transaction.commit();
  }
}

void check_version(Connection& connection) {
  const std::size_t newest = all_migrations.size();
  const std::int64_t version = version_of(connection, newest);
  if (version == 0) throw_nothing_stored(connection.file());
  if (version != static_cast<std::int64_t>(newest)) {
    throw errored("the state folder is of an older version of oche",
                  {{"file", connection.file()},
                   {"format", std::to_string(version)},
                   {"needed", std::to_string(newest)}},
                  "`run` the pipeline once: that brings it up to date");
  }
}

}  // namespace oche::detail
