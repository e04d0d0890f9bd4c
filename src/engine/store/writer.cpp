// writer.cpp - taking batches, committing them, telling who asked.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Invariant (S2): writes are committed in the order of their submission, and none overtakes one
// that waits: a batch that could not be stored goes back to the front of the queue.
#include "engine/store/writer.hpp"

#include "engine/store/apply.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace oche::detail {

namespace {

constexpr std::size_t largest_batch = 4096;

void tell(const OnCommitted& whom, CommitReport::State state, const Failure& failure = {}) {
  if (!whom) return;
  try {
    whom({state, failure});
  } catch (...) {
    // The writer must go on; what a callback throws is its own bug.
  }
}

}  // namespace

Writer::Writer(std::shared_ptr<Connection> connection, Commits commits)
    : connection_(std::move(connection)), has_thread_(commits == Commits::on_thread) {
  if (commits == Commits::held) held_.emplace(*connection_);
  if (has_thread_) thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (has_thread_) {
    thread_.join();
  } else {
    [[maybe_unused]] const Result<> flushed = flush();
  }
  tidy_up();
}

// Puts everything into the one file, so that opening it reads no long log, and a copy of that file
// alone is whole. Readers that are at work are not waited for: then the log simply stays.
void Writer::tidy_up() {
  try {
    show();
    connection_->run("PRAGMA busy_timeout = 0");
    connection_->run("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const SQLite::Exception&) {
    return;  // a full disk, say: the log has it all
  }
}

void Writer::submit(Changes changes, OnCommitted on_committed) {
  {
    const std::lock_guard lock(mutex_);
    if (abandoned_) return;
    queue_.push_back({std::move(changes), std::move(on_committed)});
    asked_ = true;
  }
  wake_.notify_one();
}

void Writer::submit_soon(Changes changes, OnCommitted on_committed) {
  const std::lock_guard lock(mutex_);
  if (abandoned_) return;
  queue_.push_back({std::move(changes), std::move(on_committed)});
  if (queue_.size() > 1) return;
  due_ = std::chrono::steady_clock::now() + linger;
  wake_.notify_one();
}

void Writer::hurry() {
  const std::lock_guard lock(mutex_);
  if (queue_.empty() || trouble_) return;
  asked_ = true;
  wake_.notify_one();
}

std::size_t Writer::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() + in_flight_;
}

Result<> Writer::flush() {
  if (!has_thread_) return flush_by_hand();
  std::unique_lock lock(mutex_);
  // A try that is under way may have begun before the last submit; one more than that is certain.
  const std::uint64_t enough = tries_ + (in_flight_ != 0 ? 2 : 1);
  asked_ = true;
  wake_.notify_one();
  done_.wait(lock,
             [&] { return (queue_.empty() && in_flight_ == 0) || (trouble_ && tries_ >= enough); });
  if (queue_.empty()) return {};
  return *trouble_;
}

void Writer::run() {
  for (;;) {
    Batch batch = next_batch();
    if (batch.empty()) return;
    write(std::move(batch));
    const std::lock_guard lock(mutex_);
    if (stopping_ && trouble_) return;
  }
}

void Writer::write(Batch batch) {
  std::optional<Failure> trouble = store(batch);
  const std::lock_guard lock(mutex_);
  in_flight_ = 0;
  ++tries_;
  trouble_ = std::move(trouble);
  if (trouble_) due_ = std::chrono::steady_clock::now() + pause;
  for (auto write = batch.rbegin(); write != batch.rend(); ++write) {
    queue_.push_front(std::move(*write));
  }
  done_.notify_all();
}

bool Writer::commit_by_hand() {
  Batch batch;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.empty() || (trouble_ && !asked_)) return false;
    batch = take_batch();
  }
  write(std::move(batch));
  return true;
}

Result<> Writer::flush_by_hand() {
  try_again();
  while (commit_by_hand()) {
  }
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return {};
  return *trouble_;
}

void Writer::show() {
  if (held_) held_->show();
}

void Writer::make_trouble(CommitTrouble trouble) {
  injected_ = trouble;
  try_again();
}

void Writer::try_again() {
  const std::lock_guard lock(mutex_);
  asked_ = true;
}

void Writer::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  queue_.clear();
}

Writer::Batch Writer::next_batch() {
  std::unique_lock lock(mutex_);
  while (!stopping_ && (queue_.empty() || !asked_)) {
    if (queue_.empty()) {
      wake_.wait(lock);
    } else if (wake_.wait_until(lock, due_) == std::cv_status::timeout) {
      break;
    }
  }
  return take_batch();
}

Writer::Batch Writer::take_batch() {
  asked_ = false;
  Batch batch;
  while (!queue_.empty() && batch.size() < largest_batch) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  in_flight_ = batch.size();
  return batch;
}

std::optional<Failure> Writer::store(Batch& batch) {
  try {
    commit(batch, 0, batch.size());
    for (const Write& write : batch)
      tell(write.on_committed, CommitReport::State::stored);
    batch.clear();
    return std::nullopt;
  } catch (const SQLite::Exception& error) {
    if (!may_pass(error)) {
      store_singly(batch);
      if (batch.empty()) return std::nullopt;
    }
    const Failure failure = connection_->failure(error);
    for (const Write& write : batch)
      tell(write.on_committed, CommitReport::State::waiting, failure);
    return failure;
  }
}

// Something in the batch can never be stored: each write by itself shows which.
void Writer::store_singly(Batch& batch) {
  while (!batch.empty()) {
    const Write& write = batch.front();
    try {
      commit(batch, 0, 1);
      tell(write.on_committed, CommitReport::State::stored);
    } catch (const SQLite::Exception& error) {
      if (may_pass(error)) return;
      tell(write.on_committed, CommitReport::State::refused, connection_->failure(error));
    }
    batch.pop_front();
  }
}

void Writer::commit(const Batch& batch, std::size_t from, std::size_t count) {
  if (injected_ == CommitTrouble::disk_full) {
    throw SQLite::Exception("database or disk is full", SQLITE_FULL);
  }
  if (injected_ == CommitTrouble::refused) {
    throw SQLite::Exception("constraint failed", SQLITE_CONSTRAINT);
  }
  const auto write = [&] {
    for (std::size_t i = from; i < from + count; ++i) {
      for (const Change& change : batch[i].changes)
        apply(*connection_, change);
    }
  };
  if (held_) return held_->commit(write);
  SQLite::Transaction transaction(connection_->database(), SQLite::TransactionBehavior::IMMEDIATE);
  write();
  transaction.commit();
}

}  // namespace oche::detail
