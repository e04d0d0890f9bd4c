// apply.cpp - one overload for each kind of change.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/apply.hpp"

#include "engine/store/rows.hpp"

namespace oche::detail {

namespace {

struct Apply {
  Connection& connection;

  void operator()(const StoredResult& r) const {
    std::string trees;
    for (const std::string& tree : r.trees)
      trees += (trees.empty() ? "" : " ") + tree;
    auto& insert = connection.statement(
        "INSERT OR REPLACE INTO results VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
        "?13)");
    Binder(insert)
        .digest(r.key)
        .text(r.step)
        .text(r.version)
        .number(r.ok ? 1 : 0)
        .blob(r.value)
        .digest(r.value_digest)
        .text(r.failure)
        .time(r.finished)
        .time(r.expires)
        .number(r.attempt)
        .number(r.build)
        .text(trees)
        .time(r.used);
    insert.exec();
  }

  void operator()(const DropResult& change) const {
    auto& remove = connection.statement("DELETE FROM results WHERE key = ?1");
    Binder(remove).digest(change.key);
    remove.exec();
  }

  void operator()(const UseResult& change) const {
    auto& update = connection.statement("UPDATE results SET used = ?2 WHERE key = ?1");
    Binder(update).digest(change.key).time(change.when);
    update.exec();
  }

  void operator()(const Attempt& a) const {
    // What an attempt is of stays the same: its place in the index by path is not looked for again.
    auto& insert = connection.statement(
        "INSERT INTO attempts VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
        "ON CONFLICT(id) DO UPDATE SET state = excluded.state, finished = excluded.finished, "
        "duration = excluded.duration, isolation = excluded.isolation, "
        "exit_status = excluded.exit_status, build = excluded.build, text = excluded.text");
    Binder(insert)
        .number(a.id)
        .digest(a.key)
        .text(a.path)
        .text(a.step)
        .number(static_cast<std::int64_t>(a.state))
        .time(a.started)
        .time(a.finished)
        .span(a.duration)
        .text(a.log)
        .text(a.isolation)
        .number(a.exit_status)
        .number(a.build)
        .text(a.text);
    insert.exec();
  }

  void operator()(const StoredKey& k) const {
    // A key is what it is made of: what is there already is the same.
    auto& insert = connection.statement("INSERT OR IGNORE INTO keys VALUES(?1, ?2)");
    Binder(insert).digest(k.key).blob(k.parts);
    insert.exec();
  }

  void operator()(const AddDuration& change) const {
    auto& add = connection.statement(
        "INSERT INTO durations VALUES(?1, ?2, ?3, ?3, 1) "
        "ON CONFLICT(path) DO UPDATE SET step = excluded.step, last = excluded.last, "
        "mean = mean + (excluded.last - mean) / min(runs, 4), runs = runs + 1");
    Binder(add).text(change.path).text(change.step).span(change.duration);
    add.exec();
  }

  void operator()(const Approval& a) const {
    auto& insert = connection.statement("INSERT OR REPLACE INTO approvals VALUES(?1, ?2, ?3, ?4)");
    Binder(insert).text(a.path).digest(a.digest).text(a.who).time(a.when);
    insert.exec();
  }

  void operator()(const Published& p) const {
    auto& insert =
        connection.statement("INSERT OR REPLACE INTO published VALUES(?1, ?2, ?3, ?4, ?5)");
    Binder(insert).text(p.name).number(p.known ? 1 : 0).blob(p.value).digest(p.digest).time(p.when);
    insert.exec();
  }

  void operator()(const DropPublished& change) const {
    auto& remove = connection.statement("DELETE FROM published WHERE name = ?1");
    Binder(remove).text(change.name);
    remove.exec();
  }

  void operator()(const StoredFold& f) const {
    auto& insert = connection.statement("INSERT OR REPLACE INTO folds VALUES(?1, ?2, ?3)");
    Binder(insert).text(f.name).blob(f.state).blob(f.last);
    insert.exec();
  }

  void operator()(const SetBuildNumber& change) const {
    auto& insert = connection.statement("INSERT OR REPLACE INTO build_numbers VALUES(?1, ?2)");
    Binder(insert).digest(change.key).number(change.number);
    insert.exec();
  }

  void operator()(const HistoryEntry& h) const {
    auto& insert =
        connection.statement("INSERT INTO history VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    Binder(insert)
        .text(h.path)
        .time(h.when)
        .digest(h.key)
        .number(h.attempt)
        .number(static_cast<std::int64_t>(h.state))
        .number(h.reused ? 1 : 0)
        .span(h.duration)
        .text(h.text);
    insert.exec();
  }

  void operator()(const LoseRunning& change) const {
    // The indexed condition is spelt as the index has it.
    auto& update =
        connection.statement("UPDATE attempts SET state = 6, finished = ?1 WHERE state = 0");
    Binder(update).time(change.when);
    update.exec();
  }
};

static_assert(static_cast<int>(AttemptState::running) == 0 &&
              static_cast<int>(AttemptState::lost) == 6);

}  // namespace

void apply(Connection& connection, const Change& change) { std::visit(Apply{connection}, change); }

}  // namespace oche::detail
