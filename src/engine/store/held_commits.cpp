// held_commits.cpp - savepoints in a transaction that stays open.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/held_commits.hpp"

#include <sqlite3.h>

namespace oche::detail {

namespace {

bool is_open(Connection& connection) {
  return sqlite3_get_autocommit(connection.database().getHandle()) == 0;
}

}  // namespace

HeldCommits::HeldCommits(Connection& connection) : connection_(connection) {
  connection_.run("PRAGMA cache_size = -65536");  // all of a usual simulation, in KiB
  // With a log, what a savepoint may have to put back goes to a file.
  connection_.run("PRAGMA journal_mode = MEMORY");
}

void HeldCommits::begin() {
  if (!is_open(connection_)) connection_.statement("BEGIN IMMEDIATE").exec();
  connection_.statement("SAVEPOINT held").exec();
}

void HeldCommits::keep() { connection_.statement("RELEASE held").exec(); }

void HeldCommits::drop() noexcept {
  try {
    // After some errors SQLite has ended the transaction itself, and all that was held is gone.
    if (!is_open(connection_)) return;
    connection_.statement("ROLLBACK TO held").exec();
    keep();
  } catch (const SQLite::Exception&) {
    return;  // what is thrown already says more
  }
}

void HeldCommits::show() {
  if (is_open(connection_)) connection_.statement("COMMIT").exec();
}

}  // namespace oche::detail
