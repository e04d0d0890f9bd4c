// store_reader.cpp - the questions as SQL.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/store_reader.hpp"

#include "engine/store/rows.hpp"
#include "engine/store/schema.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>

namespace oche::detail {
namespace {

constexpr std::string_view select_results =
    "SELECT *, coalesce((SELECT path FROM attempts WHERE id = results.attempt), '') FROM results ";

}  // namespace

/// A connection, and the two shapes of answers.
class Queries {
 public:
  explicit Queries(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  [[nodiscard]] Connection& connection() { return *connection_; }

  /// The first row as a record, if there is one.
  template <class Bind, class Record>
  [[nodiscard]] std::optional<Record> one(const char* sql, Bind bind, Record (*read)(Columns)) {
    const Use statement(connection_->statement(sql));
    bind(Binder(statement.get()));
    if (!statement.get().executeStep()) return std::nullopt;
    return read(Columns(*connection_, statement.get()));
  }

  /// Every row as a record.
  template <class Bind, class Record>
  [[nodiscard]] std::vector<Record> all(const char* sql, Bind bind, Record (*read)(Columns)) {
    const Use statement(connection_->statement(sql));
    bind(Binder(statement.get()));
    std::vector<Record> records;
    while (statement.get().executeStep()) {
      records.push_back(read(Columns(*connection_, statement.get())));
    }
    return records;
  }

  [[nodiscard]] std::optional<StoredResult> find(const Digest& key) {
    static const std::string sql = std::string(select_results) + "WHERE key = ?1";
    return one(sql.c_str(), [&](Binder b) { b.digest(key); }, read_result);
  }

  /// As many as `together` at once, which costs half of asking for each.
  void find_together(std::span<const Digest> keys, std::span<std::optional<StoredResult>> results) {
    const Use statement(connection_->statement(sql_for_many().c_str()));
    Binder binder(statement.get());
    std::array<std::uint32_t, together> order;
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    for (const Digest& key : keys)
      binder.digest(key);
    while (statement.get().executeStep()) {
      const StoredResult result = read_result(Columns(*connection_, statement.get()));
      auto at =
          std::lower_bound(order.begin(), order.end(), result.key,
                           [&](std::uint32_t one, const Digest& key) { return keys[one] < key; });
      for (; at != order.end() && keys[*at] == result.key; ++at)
        results[*at] = result;
    }
  }

  [[nodiscard]] ResultPage page(std::int64_t before, std::int64_t limit) {
    // What is behind a large value in its row stands on other pages, too.
    static const std::string sql = [] {
      std::string text = "SELECT rowid, key, ok";
      for (const char* const column :
           {"value", "value_digest", "failure", "finished", "expires", "trees"})
        text += std::string(", CASE WHEN length(value) <= 256 THEN ") + column + " END";
      return text + " FROM results WHERE rowid < ?1 ORDER BY rowid DESC LIMIT ?2";
    }();
    const Use statement(connection_->statement(sql.c_str()));
    Binder(statement.get()).number(before).number(limit);
    ResultPage page;
    page.results.reserve(static_cast<std::size_t>(limit));
    for (; statement.get().executeStep(); ++page.rows) {
      Columns columns(*connection_, statement.get());
      page.next = columns.number();
      if (!statement.get().isColumnNull(3)) page.results.push_back(read_small_result(columns));
    }
    return page;
  }

  static constexpr std::size_t together = 64;

  /// All that is asked while it lives sees one moment, and is found quicker.
  class Moment {
   public:
    explicit Moment(Connection& connection) : end_(connection.statement("RELEASE moment")) {
      connection.statement("SAVEPOINT moment").exec();
    }
    Moment(const Moment&) = delete;
    Moment& operator=(const Moment&) = delete;
    ~Moment() { end_.tryExecuteStep(); }

   private:
    SQLite::Statement& end_;
  };

 private:
  static const std::string& sql_for_many() {
    static const std::string sql = [] {
      std::string text = std::string(select_results) + "WHERE key IN (?1";
      for (std::size_t i = 2; i <= together; ++i)
        text += ",?" + std::to_string(i);
      return text + ")";
    }();
    return sql;
  }

  /// A statement that is reset as soon as its rows are read: until then it holds its snapshot of
  /// the database, and the log could not be shortened.
  class Use {
   public:
    explicit Use(SQLite::Statement& statement) : statement_(statement) {}
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() { statement_.tryReset(); }
    [[nodiscard]] SQLite::Statement& get() const { return statement_; }

   private:
    SQLite::Statement& statement_;
  };

  std::shared_ptr<Connection> connection_;
};

namespace {

std::int64_t read_number(Columns columns) { return columns.number(); }
std::string read_text(Columns columns) { return columns.bytes(); }

std::int64_t as_limit(std::size_t limit) {
  constexpr std::size_t most = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::min(limit, most));
}

// Asks under the lock, and turns what is thrown into a failure.
template <class Ask>
auto ask(std::mutex& mutex, Queries& queries, Ask question) {
  const std::lock_guard lock(mutex);
  return caught_from(queries.connection(), [&] { return question(queries); });
}

}  // namespace

StoreReader::StoreReader(std::unique_ptr<Queries> queries) : queries_(std::move(queries)) {}
StoreReader::~StoreReader() = default;

Result<std::unique_ptr<StoreReader>> StoreReader::open(const std::string& folder) {
  return caught([&] {
    auto connection = std::make_shared<Connection>(database_of(folder), Connection::Mode::reading);
    const auto checked = caught_from(*connection, [&] {
      check_version(*connection);
      return Unit{};
    });
    if (!checked) throw Error(checked.failure());
    return on(std::move(connection));
  });
}

std::unique_ptr<StoreReader> StoreReader::on(std::shared_ptr<Connection> connection) {
  return std::unique_ptr<StoreReader>(
      new StoreReader(std::make_unique<Queries>(std::move(connection))));
}

Result<> StoreReader::stand_still() {
  return ask(mutex_, *queries_, [](Queries& q) {
    q.connection().run("BEGIN");
    return Unit{};
  });
}

Result<std::optional<StoredResult>> StoreReader::find(const Digest& key) {
  return ask(mutex_, *queries_, [&](Queries& q) { return q.find(key); });
}

Result<std::vector<std::optional<StoredResult>>> StoreReader::find_many(
    std::span<const Digest> keys) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    std::vector<std::optional<StoredResult>> results;
    results.resize(keys.size());
    const Queries::Moment moment(q.connection());
    std::size_t at = 0;
    for (; at + Queries::together <= keys.size(); at += Queries::together)
      q.find_together(keys.subspan(at, Queries::together),
                      std::span(results).subspan(at, Queries::together));
    for (; at < keys.size(); ++at)
      results[at] = q.find(keys[at]);
    return results;
  });
}

Result<ResultPage> StoreReader::results_before(std::int64_t number, std::size_t limit) {
  return ask(mutex_, *queries_, [&](Queries& q) { return q.page(number, as_limit(limit)); });
}

Result<std::optional<Approval>> StoreReader::approval(std::string_view path, const Digest& digest) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.one(
        "SELECT * FROM approvals WHERE path = ?1 AND digest = ?2",
        [&](Binder b) { b.text(path).digest(digest); }, read_approval);
  });
}

Result<std::optional<Published>> StoreReader::published(std::string_view name) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.one(
        "SELECT * FROM published WHERE name = ?1", [&](Binder b) { b.text(name); }, read_published);
  });
}

Result<std::optional<StoredFold>> StoreReader::fold(std::string_view name) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.one("SELECT * FROM folds WHERE name = ?1", [&](Binder b) { b.text(name); }, read_fold);
  });
}

Result<std::int64_t> StoreReader::build_number(const Digest& key) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q
        .one(
            "SELECT number FROM build_numbers WHERE key = ?1", [&](Binder b) { b.digest(key); },
            read_number)
        .value_or(1);
  });
}

Result<std::vector<PathDuration>> StoreReader::durations() {
  return ask(mutex_, *queries_, [](Queries& q) {
    return q.all(
        "SELECT * FROM durations WHERE path <> '' ORDER BY path", [](Binder) {}, read_duration);
  });
}

Result<std::optional<PathDuration>> StoreReader::start_up() {
  return ask(mutex_, *queries_, [](Queries& q) {
    return q.one("SELECT * FROM durations WHERE path = ''", [](Binder) {}, read_duration);
  });
}

Result<std::vector<Attempt>> StoreReader::recent_attempts(std::size_t limit) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.all(
        "SELECT * FROM attempts ORDER BY id DESC LIMIT ?1",
        [&](Binder b) { b.number(as_limit(limit)); }, read_attempt);
  });
}

Result<std::vector<Attempt>> StoreReader::attempts_of(std::string_view path, std::size_t limit) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.all(
        "SELECT * FROM attempts WHERE path = ?1 ORDER BY id DESC LIMIT ?2",
        [&](Binder b) { b.text(path).number(as_limit(limit)); }, read_attempt);
  });
}

Result<std::optional<Attempt>> StoreReader::attempt(std::int64_t id) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.one(
        "SELECT * FROM attempts WHERE id = ?1", [&](Binder b) { b.number(id); }, read_attempt);
  });
}

Result<std::vector<Attempt>> StoreReader::running_attempts() {
  return ask(mutex_, *queries_, [](Queries& q) {
    return q.all("SELECT * FROM attempts WHERE state = 0 ORDER BY id", [](Binder) {}, read_attempt);
  });
}

Result<std::vector<HistoryEntry>> StoreReader::history(std::string_view path, std::size_t limit) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.all(
        "SELECT * FROM history WHERE path = ?1 ORDER BY sequence DESC LIMIT ?2",
        [&](Binder b) { b.text(path).number(as_limit(limit)); }, read_history);
  });
}

Result<std::optional<std::string>> StoreReader::key_parts(const Digest& key) {
  return ask(mutex_, *queries_, [&](Queries& q) {
    return q.one(
        "SELECT parts FROM keys WHERE key = ?1", [&](Binder b) { b.digest(key); }, read_text);
  });
}

Result<std::vector<std::string>> StoreReader::paths() {
  return ask(mutex_, *queries_, [](Queries& q) {
    return q.all(
        "SELECT path FROM attempts UNION SELECT path FROM history ORDER BY 1", [](Binder) {},
        read_text);
  });
}

Result<std::vector<Approval>> StoreReader::approvals() {
  return ask(mutex_, *queries_, [](Queries& q) {
    return q.all("SELECT * FROM approvals ORDER BY at, path", [](Binder) {}, read_approval);
  });
}

Result<std::size_t> StoreReader::count_results() {
  return ask(mutex_, *queries_, [](Queries& q) {
    return static_cast<std::size_t>(q.connection().number("SELECT count(*) FROM results"));
  });
}

Result<> StoreReader::verify() {
  return ask(mutex_, *queries_, [](Queries& q) {
    const auto answers = q.all("PRAGMA integrity_check(5)", [](Binder) {}, read_text);
    if (answers.size() == 1 && answers.front() == "ok") return Unit{};
    std::vector<Fact> facts{{"file", q.connection().file()}};
    for (const std::string& answer : answers)
      facts.push_back({"finding", answer});
    throw errored("the state folder's database is damaged", std::move(facts),
                  "move the file away and run again: steps are repeated, nothing else is lost");
  });
}

}  // namespace oche::detail
