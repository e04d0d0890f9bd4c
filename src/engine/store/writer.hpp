// writer.hpp - the one thread that writes to the database.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/changes.hpp"
#include "engine/store/commit_report.hpp"
#include "engine/store/commits.hpp"
#include "engine/store/held_commits.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace oche::detail {

/// Group commit: what is submitted while a commit is under way goes into the next one, so a
/// thousand jobs that end at once cost a few syncs, and one that ends alone waits for one. A sync
/// also holds up whoever makes a file on that disk; who knows of others to come says `submit_soon`.
class Writer {
 public:
  static constexpr std::chrono::milliseconds linger{5};
  /// After a try that failed; nobody tells us when there is room again.
  static constexpr std::chrono::seconds pause{2};

  explicit Writer(std::shared_ptr<Connection> connection, Commits commits = Commits::on_thread);
  /// Tries once more to store what waits.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void submit(Changes changes, OnCommitted on_committed);
  void submit_soon(Changes changes, OnCommitted on_committed);
  void hurry();
  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] Result<> flush();
  bool commit_by_hand();  // false: nothing to do, or it waits for another submit
  void show();
  void make_trouble(CommitTrouble trouble);
  void abandon();

 private:
  struct Write {
    Changes changes;
    OnCommitted on_committed;
  };
  using Batch = std::deque<Write>;

  void run();
  void tidy_up();
  [[nodiscard]] Batch next_batch();  // empty: the end
  [[nodiscard]] Batch take_batch();
  void write(Batch batch);
  [[nodiscard]] Result<> flush_by_hand();
  void try_again();
  [[nodiscard]] std::optional<Failure> store(Batch& batch);  // what was stored leaves the batch
  void store_singly(Batch& batch);
  void commit(const Batch& batch, std::size_t from, std::size_t count);

  const std::shared_ptr<Connection> connection_;
  const bool has_thread_;
  std::optional<HeldCommits> held_;
  CommitTrouble injected_ = CommitTrouble::none;  // by hand only
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  Batch queue_;
  std::size_t in_flight_ = 0;
  std::uint64_t tries_ = 0;                         // commits tried, whatever came of them
  std::optional<Failure> trouble_;                  // why the queue waits
  bool asked_ = false;                              // to try in spite of it
  std::chrono::steady_clock::time_point due_ = {};  // when the queue has waited long enough
  bool stopping_ = false;
  bool abandoned_ = false;
  std::thread thread_;  // last: the others are there when it starts
};

}  // namespace oche::detail
