// store.hpp - the state folder, held by one process: what is finished is kept here.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/changes.hpp"
#include "engine/store/commit_report.hpp"
#include "engine/store/commits.hpp"
#include "engine/store/store_reader.hpp"
#include <oche/base/outcome.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace oche::detail {

class FolderLock;
class Writer;

/// Keeps results, attempts, approvals and the like in `<folder>/store.db` (docs/store-format.md).
///
/// Keeps S2: what a crash leaves is a prefix of what was submitted, in the order of submission.
///
/// Threads: any.
class Store {
 public:
  /// Makes the folder if absent, locks it, opens or makes the database and brings it up to date.
  /// Fails: the folder is in use, read-only, full, not ours to use, or the database is damaged or
  /// of a newer version; all of it is "state folder unusable" (exit status 69).
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& folder,
                                                           Commits commits = Commits::on_thread);
  /// Writes what is queued, if it can be written, and gives the folder free.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// The last program that had the folder was killed, or lost its power.
  [[nodiscard]] bool is_after_crash() const;

  /// Queues a write and returns at once; what is submitted while a commit is under way is committed
  /// together after it. `on_committed` is called on the writer's thread, see CommitReport.
  void submit(Changes changes, OnCommitted on_committed = {});
  /// As `submit`, but waits up to `Writer::linger` for others to share the commit, or for `hurry`.
  void submit_soon(Changes changes, OnCommitted on_committed = {});
  /// Nobody else is going to write for a while: commits what `submit_soon` was given.
  void hurry();
  /// How many submitted writes are not committed yet.
  [[nodiscard]] std::size_t waiting() const;
  /// Returns once everything submitted before has been committed, refused or has had to wait.
  /// Fails: with the reason, if something waits.
  [[nodiscard]] Result<> flush();

  // ---- by hand ----
  /// Commits what waits, if that could succeed now. False if there was nothing to do.
  bool commit_by_hand();
  /// Whoever else opens the folder sees what is committed; needed only where commits are held.
  void show();
  /// From now on, each commit fails like this; what waits is tried once more.
  void make_trouble(CommitTrouble trouble);
  /// As if the program had died: what is not committed is lost, and so is what comes now.
  void abandon();

  /// A number for a new attempt: never used before in this folder.
  [[nodiscard]] std::int64_t next_attempt() { return next_attempt_++; }

  /// Committed records. What was submitted and is not committed yet is not there.
  [[nodiscard]] StoreReader& reader() { return *reader_; }
  [[nodiscard]] Result<std::optional<StoredResult>> find(const Digest& key) {
    return reader_->find(key);
  }

 private:
  Store(std::string folder, std::unique_ptr<FolderLock> lock, std::unique_ptr<StoreReader> reader,
        std::unique_ptr<Writer> writer, std::int64_t next_attempt);

  std::string folder_;
  std::unique_ptr<FolderLock> lock_;  // first in, last out
  std::unique_ptr<StoreReader> reader_;
  std::unique_ptr<Writer> writer_;
  std::atomic<std::int64_t> next_attempt_;
};

}  // namespace oche::detail
