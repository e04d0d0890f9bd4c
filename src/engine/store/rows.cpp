// rows.cpp - columns, with their types checked.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/rows.hpp"

#include <sqlite3.h>

#include <cstring>
#include <limits>

namespace oche::detail {

namespace {

int length_of(std::string_view value) {
  // What SQLite can hold at most; it refuses less itself, as `too big`.
  if (value.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw SQLite::Exception("string or blob too big", SQLITE_TOOBIG);
  }
  return static_cast<int>(value.size());
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

Binder& Binder::number(std::int64_t value) {
  statement_.bind(next_++, value);
  return *this;
}

Binder& Binder::number(const std::optional<std::int64_t>& value) {
  if (value) return number(*value);
  statement_.bind(next_++);
  return *this;
}

Binder& Binder::time(const std::optional<Time>& value) {
  if (value) return time(*value);
  statement_.bind(next_++);
  return *this;
}

Binder& Binder::text(const std::string& value) {
  (void)length_of(value);
  statement_.bindNoCopy(next_++, value);
  return *this;
}

Binder& Binder::text(std::string_view value) {
  (void)length_of(value);
  statement_.bind(next_++, std::string(value));
  return *this;
}

Binder& Binder::blob(std::string_view value) {
  // An empty blob must have an address, or it becomes NULL.
  statement_.bindNoCopy(next_++, value.empty() ? "" : value.data(), length_of(value));
  return *this;
}

Binder& Binder::digest(const Digest& value) {
  return blob({reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()});
}

void Columns::refuse(const char* column) const {
  throw errored("a record in the store cannot be read",
                {{"file", connection_.file()}, {"column", column}},
                "`rebuild` what it belongs to; if there are many, move the file away");
}

std::int64_t Columns::number() {
  const SQLite::Column column = statement_.getColumn(next_++);
  if (!column.isInteger()) refuse(column.getName());
  return column.getInt64();
}

std::optional<std::int64_t> Columns::maybe_number() {
  if (statement_.isColumnNull(next_)) {
    ++next_;
    return std::nullopt;
  }
  return number();
}

std::optional<Time> Columns::maybe_time() {
  const auto count = maybe_number();
  if (!count) return std::nullopt;
  return Time(std::chrono::nanoseconds(*count));
}

std::string Columns::bytes() {
  const SQLite::Column column = statement_.getColumn(next_++);
  if (!column.isText() && !column.isBlob()) refuse(column.getName());
  const void* const data = column.getBlob();
  return data == nullptr ? std::string()
                         : std::string(static_cast<const char*>(data),
                                       static_cast<std::size_t>(column.getBytes()));
}

Digest Columns::digest() {
  const SQLite::Column column = statement_.getColumn(next_++);
  Digest digest;
  const void* const data = column.getBlob();
  if (!column.isBlob() || static_cast<std::size_t>(column.getBytes()) != digest.bytes.size()) {
    refuse(column.getName());
  }
  std::memcpy(digest.bytes.data(), data, digest.bytes.size());
  return digest;
}

AttemptState Columns::state() {
  const std::int64_t value = number();
  if (value < 0 || value > static_cast<std::int64_t>(AttemptState::lost)) refuse("state");
  return static_cast<AttemptState>(value);
}

// Braces evaluate from left to right, so the columns are read in their order.
StoredResult read_result(Columns columns) {
  StoredResult result{columns.digest(),     columns.bytes(),  columns.bytes(),  columns.flag(),
                      columns.bytes(),      columns.digest(), columns.bytes(),  columns.time(),
                      columns.maybe_time(), columns.number(), columns.number(), {}};
  result.trees = words_of(columns.bytes());
  result.used = columns.time();
  result.path = columns.bytes();
  return result;
}

StoredResult read_small_result(Columns columns) {
  StoredResult result;
  result.key = columns.digest();
  result.ok = columns.flag();
  result.value = columns.bytes();
  result.value_digest = columns.digest();
  result.failure = columns.bytes();
  result.finished = columns.time();
  result.expires = columns.maybe_time();
  result.trees = words_of(columns.bytes());
  return result;
}

Attempt read_attempt(Columns columns) {
  return {columns.number(), columns.digest(), columns.bytes(),        columns.bytes(),
          columns.state(),  columns.time(),   columns.maybe_time(),   columns.span(),
          columns.bytes(),  columns.bytes(),  columns.maybe_number(), columns.number(),
          columns.bytes()};
}

PathDuration read_duration(Columns columns) {
  return {columns.bytes(), columns.bytes(), columns.span(), columns.span(), columns.number()};
}

Approval read_approval(Columns columns) {
  return {columns.bytes(), columns.digest(), columns.bytes(), columns.time()};
}

Published read_published(Columns columns) {
  return {columns.bytes(), columns.flag(), columns.bytes(), columns.digest(), columns.time()};
}

StoredFold read_fold(Columns columns) {
  return {columns.bytes(), columns.bytes(), columns.bytes()};
}

HistoryEntry read_history(Columns columns) {
  return {columns.number(), columns.bytes(), columns.time(), columns.digest(), columns.number(),
          columns.state(),  columns.flag(),  columns.span(), columns.bytes()};
}

}  // namespace oche::detail
