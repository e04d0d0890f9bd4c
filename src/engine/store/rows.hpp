// rows.hpp - records to columns and back.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/connection.hpp"
#include "engine/store/records.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace oche::detail {

/// Fills a statement's parameters from left to right. Keeps no copies: what is given must live
/// until the statement has run.
class Binder {
 public:
  explicit Binder(SQLite::Statement& statement) : statement_(statement) {}

  Binder& number(std::int64_t value);
  Binder& number(const std::optional<std::int64_t>& value);
  Binder& text(const std::string& value);
  Binder& text(std::string_view value);
  Binder& blob(std::string_view value);
  Binder& digest(const Digest& value);
  Binder& time(Time value) { return number(value.time_since_epoch().count()); }
  Binder& time(const std::optional<Time>& value);
  Binder& span(std::chrono::nanoseconds value) { return number(value.count()); }

 private:
  SQLite::Statement& statement_;
  int next_ = 1;
};

/// Reads a row's columns from left to right. Throws an Error for what no record of ours can have.
class Columns {
 public:
  Columns(const Connection& connection, SQLite::Statement& statement)
      : connection_(connection), statement_(statement) {}

  [[nodiscard]] std::int64_t number();
  [[nodiscard]] std::optional<std::int64_t> maybe_number();
  [[nodiscard]] bool flag() { return number() != 0; }
  [[nodiscard]] std::string bytes();
  [[nodiscard]] Digest digest();
  [[nodiscard]] Time time() { return Time(std::chrono::nanoseconds(number())); }
  [[nodiscard]] std::optional<Time> maybe_time();
  [[nodiscard]] std::chrono::nanoseconds span() { return std::chrono::nanoseconds(number()); }
  [[nodiscard]] AttemptState state();

 private:
  [[noreturn]] void refuse(const char* column) const;

  const Connection& connection_;
  SQLite::Statement& statement_;
  int next_ = 0;
};

// One function for each record: the columns in the order of docs/store-format.md.
[[nodiscard]] StoredResult read_result(Columns columns);
/// Only the key, and what the result gives.
[[nodiscard]] StoredResult read_small_result(Columns columns);
[[nodiscard]] Attempt read_attempt(Columns columns);
[[nodiscard]] PathDuration read_duration(Columns columns);
[[nodiscard]] Approval read_approval(Columns columns);
[[nodiscard]] Published read_published(Columns columns);
[[nodiscard]] StoredFold read_fold(Columns columns);
[[nodiscard]] HistoryEntry read_history(Columns columns);

}  // namespace oche::detail
