// connection.cpp - opening the database, for writing and for reading in any circumstances.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/connection.hpp"

#include <sqlite3.h>
#include <unistd.h>

namespace oche::detail {

namespace {

bool is_there(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

// As SQLite wants a file name in a URI.
std::string uri_of(const std::string& file) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
    } else {
      uri += '%';
      uri += digits[byte >> 4U];
      uri += digits[byte & 15U];
    }
  }
  return uri;
}

}  // namespace

void throw_nothing_stored(const std::string& file) {
  throw errored("nothing has been stored in this state folder yet", {{"file", file}},
                "`run` the pipeline first, or name another folder with --state");
}

bool may_pass(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
    case SQLITE_TOOBIG:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
      return false;
    default:
      return true;
  }
}

Connection::Connection(std::string file, Mode mode) : file_(std::move(file)) {
  const auto opened = caught_from(*this, [&] {
    open(mode);
    return Unit{};
  });
  if (!opened) throw Error(opened.failure());
}

void Connection::open(Mode mode) {
  constexpr int patience = 5000;  // ms, while somebody else holds a lock: a backup, a shell
  // Whoever reads on several threads takes turns, and so need not be kept apart again.
  const int reading = SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
  if (mode != Mode::reading) {
    database_ = std::make_unique<SQLite::Database>(
        file_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, patience);
    // The write-ahead log stays after a clean end: readers of a read-only folder need it.
    int yes = 1;
    sqlite3_file_control(database_->getHandle(), nullptr, SQLITE_FCNTL_PERSIST_WAL, &yes);
    if (mode == Mode::writing_unsynced) run("PRAGMA synchronous = OFF");
    run("PRAGMA journal_mode = WAL");
    if (mode == Mode::writing) run("PRAGMA synchronous = FULL");  // D8: committed means on the disk
    run("PRAGMA journal_size_limit = 67108864");
  } else if (!is_there(file_)) {
    throw_nothing_stored(file_);
  } else {
    try {
      database_ = std::make_unique<SQLite::Database>(file_, reading, patience);
      (void)number("SELECT count(*) FROM sqlite_schema");
    } catch (const SQLite::Exception& error) {
      const int code = error.getErrorCode();
      const bool may_not_write = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
      if (!may_not_write || is_there(file_ + "-wal")) throw;
      // A copy without its log in a folder that cannot be written to: as it cannot change, it can
      // be read without the files that coordinate with writers.
      statements_.clear();
      database_ = std::make_unique<SQLite::Database>(uri_of(file_) + "?immutable=1",
                                                     reading | SQLite::OPEN_URI, patience);
    }
  }
  // Keys are digests, so each is elsewhere: the index of 100,000 has room.
  run("PRAGMA cache_size = -16384");  // KiB
  run("PRAGMA trusted_schema = OFF");
  run("PRAGMA cell_size_check = ON");  // a damaged page becomes an error, not a wrong answer
}

SQLite::Statement& Connection::statement(const char* sql) {
  auto& found = statements_[sql];
  if (found == nullptr) found = std::make_unique<SQLite::Statement>(*database_, sql);
  found->tryReset();
  found->clearBindings();
  return *found;
}

std::int64_t Connection::number(const char* sql) {
  SQLite::Statement query(*database_, sql);
  return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

Failure Connection::failure(const SQLite::Exception& error) const {
  const auto make = [&](std::string what, std::string hint) {
    return Failure{std::move(what),
                   FailureClass::errored,
                   {{"file", file_}, {"reason", error.what()}},
                   std::move(hint),
                   {}};
  };
  switch (error.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return make("the state folder's database is damaged",
                  "move the file away and run again: steps are repeated, nothing else is lost");
    case SQLITE_FULL:
      return make("the state folder's disk is full",
                  "make room: what waits is stored then, and what was stored is safe");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return make("the state folder cannot be used",
                  "look at the owner and permissions of the folder and its files");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return make("the state folder's database is locked by another program",
                  "close the database shell or backup that has it open");
    case SQLITE_IOERR:
      return make("the state folder's disk gives an error",
                  "look at the disk and at its free room");
    case SQLITE_TOOBIG:
      return make("a value is too large to be stored", "let the step return a Tree instead");
    default:
      return make("the state folder's database gives an error", {});
  }
}

}  // namespace oche::detail
