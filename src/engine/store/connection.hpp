// connection.hpp - one connection to a state folder's database, with its prepared statements.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/caught.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

namespace oche::detail {

/// The database of a state folder.
[[nodiscard]] inline std::string database_of(const std::string& folder) {
  return folder + "/store.db";
}

/// Threads: one at a time.
class Connection {
 public:
  enum class Mode : std::uint8_t {
    reading,
    writing,
    writing_unsynced,  ///< a power cut may damage it: for tests and simulations
  };

  /// Throws an Error that names the file and what to try.
  Connection(std::string file, Mode mode);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] SQLite::Database& database() { return *database_; }
  /// The statement, prepared at its first use. `sql` must be a literal: it is found by its address.
  [[nodiscard]] SQLite::Statement& statement(const char* sql);
  void run(const char* sql) { database_->exec(sql); }
  [[nodiscard]] std::int64_t number(const char* sql);

  /// SQLite's trouble in our words.
  [[nodiscard]] Failure failure(const SQLite::Exception& error) const;

 private:
  void open(Mode mode);

  std::string file_;
  std::unique_ptr<SQLite::Database> database_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
};

/// For readers who come too early.
[[noreturn]] void throw_nothing_stored(const std::string& file);

/// Is this trouble with the disk, which may be over when it is tried again, rather than with what
/// is written?
[[nodiscard]] bool may_pass(const SQLite::Exception& error);

/// What `work` gives, or the failure that SQLite or the store threw.
template <class Work>
[[nodiscard]] auto caught_from(const Connection& connection, Work work)
    -> Result<decltype(work())> {
  return caught([&] {
    try {
      return work();
    } catch (const SQLite::Exception& error) {
      throw Error(connection.failure(error));
    }
  });
}

}  // namespace oche::detail
