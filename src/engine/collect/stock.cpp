// stock.cpp - reads the rows that may go, and removes those that do.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/stock.hpp"

#include "engine/collect/reach.hpp"
#include "engine/store/rows.hpp"

#include <algorithm>
#include <map>
#include <sstream>

namespace oche::detail {

namespace {

std::vector<ObjectId> parse_ids(const std::string& text) {
  std::vector<ObjectId> ids;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (const auto id = ObjectId::parse(word)) ids.push_back(*id);
  }
  return ids;
}

void read_results(Connection& connection, Stock& stock) {
  SQLite::Statement query(connection.database(),
                          "SELECT key, attempt, used, trees, "
                          "EXISTS(SELECT 1 FROM published WHERE name = lower(hex(key))) "
                          "FROM results");
  while (query.executeStep()) {
    Columns columns(connection, query);
    StockedResult& result = stock.results.emplace_back();
    result.key = columns.digest();
    result.attempt = columns.number();
    result.used = columns.time();
    result.trees = parse_ids(columns.bytes());
    result.is_needed = columns.flag();
  }
  Time newest{};
  for (const StockedResult& result : stock.results)
    newest = std::max(newest, result.used);
  // The newest run has taken it, and may not have said so since it said so a little earlier.
  for (StockedResult& result : stock.results)
    result.is_needed |= result.used >= newest - use_granularity;
}

void read_attempts(Connection& connection, Stock& stock) {
  SQLite::Statement query(connection.database(),
                          "SELECT id, path, started, log, state = 0 FROM attempts ORDER BY id");
  while (query.executeStep()) {
    Columns columns(connection, query);
    StockedAttempt& attempt = stock.attempts.emplace_back();
    attempt.id = columns.number();
    attempt.path = columns.bytes();
    attempt.started = columns.time();
    attempt.log = columns.bytes();
    attempt.is_running = columns.flag();
  }
  std::map<std::string_view, std::size_t> seen;
  for (auto attempt = stock.attempts.rbegin(); attempt != stock.attempts.rend(); ++attempt)
    attempt->newer = seen[attempt->path]++;
}

void read_roots(Connection& connection, Stock& stock) {
  SQLite::Statement query(connection.database(),
                          "SELECT value FROM published UNION ALL SELECT state FROM folds "
                          "UNION ALL SELECT last FROM folds");
  while (query.executeStep()) {
    for (const ObjectId& id : ids_in(Columns(connection, query).bytes()))
      stock.roots.push_back(id);
  }
}

}  // namespace

Stock take_stock(Connection& connection) {
  Stock stock;
  SQLite::Transaction moment(connection.database());
  read_results(connection, stock);
  read_attempts(connection, stock);
  read_roots(connection, stock);
  return stock;
}

void remove_rows(Connection& connection, const Stock& stock) {
  SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
  for (const StockedResult& result : stock.results) {
    if (result.is_kept) continue;
    auto& remove = connection.statement("DELETE FROM results WHERE key = ?1");
    Binder(remove).digest(result.key);
    remove.exec();
  }
  for (const StockedAttempt& attempt : stock.attempts) {
    if (attempt.is_kept) continue;
    auto& remove = connection.statement("DELETE FROM attempts WHERE id = ?1");
    Binder(remove).number(attempt.id);
    remove.exec();
  }
  connection.run(
      "DELETE FROM history WHERE attempt <> 0 AND attempt NOT IN (SELECT id FROM attempts)");
  connection.run(
      "DELETE FROM keys WHERE key NOT IN (SELECT key FROM attempts) "
      "AND key NOT IN (SELECT key FROM results)");
  connection.run(
      "DELETE FROM durations WHERE path <> '' AND path NOT IN (SELECT path FROM attempts) "
      "AND path NOT IN (SELECT path FROM history)");
  transaction.commit();
}

}  // namespace oche::detail
