// store_reader.hpp - looking things up in a state folder, without a lock.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/records.hpp"
#include <oche/base/outcome.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

class Connection;
class Queries;

/// Results one after another, newest first, without those that have a large value. Of each there is
/// only what it gives: key, ok, value and its digest, failure, finished, expires and trees.
struct ResultPage {
  std::vector<StoredResult> results;
  std::size_t rows = 0;   ///< that were read, those left out included
  std::int64_t next = 0;  ///< where the next page begins
};

/// Sees what was committed when each member function begins, also while another process writes, and
/// also in a folder that may not be written to. Every function fails with an error that names the
/// file if the database is damaged; none crashes.
///
/// Threads: any; calls take turns.
class StoreReader {
 public:
  /// Fails: no state folder, no database in it yet, not readable, of another format version.
  [[nodiscard]] static Result<std::unique_ptr<StoreReader>> open(const std::string& folder);
  /// On a connection that others use, too, on the same thread: sees what they have not committed.
  [[nodiscard]] static std::unique_ptr<StoreReader> on(std::shared_ptr<Connection> connection);
  ~StoreReader();
  StoreReader(const StoreReader&) = delete;
  StoreReader& operator=(const StoreReader&) = delete;

  /// From here on everything is answered as of one moment, and sooner; until it is destroyed, the
  /// writer cannot shorten its log. For a connection of its own.
  [[nodiscard]] Result<> stand_still();

  // ---- what the engine asks ----
  /// The key's result, expired or not. Cost: one indexed look-up, microseconds.
  [[nodiscard]] Result<std::optional<StoredResult>> find(const Digest& key);
  /// One answer for each key, in order, as of one moment.
  [[nodiscard]] Result<std::vector<std::optional<StoredResult>>> find_many(
      std::span<const Digest> keys);
  /// `limit` rows at most, those before a number that a page gave; the greatest is the first.
  /// Cost: a tenth of looking each of them up.
  [[nodiscard]] Result<ResultPage> results_before(std::int64_t number, std::size_t limit);
  [[nodiscard]] Result<std::optional<Approval>> approval(std::string_view path,
                                                         const Digest& digest);
  [[nodiscard]] Result<std::optional<Published>> published(std::string_view name);
  [[nodiscard]] Result<std::optional<StoredFold>> fold(std::string_view name);
  /// 1 for a key that was never rebuilt.
  [[nodiscard]] Result<std::int64_t> build_number(const Digest& key);
  [[nodiscard]] Result<std::vector<PathDuration>> durations();
  /// From the start of an evaluation until its first step begins; its path is empty.
  [[nodiscard]] Result<std::optional<PathDuration>> start_up();

  // ---- what people ask ----
  /// The newest attempts of all paths, newest first.
  [[nodiscard]] Result<std::vector<Attempt>> recent_attempts(std::size_t limit);
  /// Attempts of a path, newest first.
  [[nodiscard]] Result<std::vector<Attempt>> attempts_of(std::string_view path, std::size_t limit);
  [[nodiscard]] Result<std::optional<Attempt>> attempt(std::int64_t id);
  [[nodiscard]] Result<std::vector<Attempt>> running_attempts();
  /// What became of a path, newest first.
  [[nodiscard]] Result<std::vector<HistoryEntry>> history(std::string_view path, std::size_t limit);
  /// What a key is made of, as `text_of(parts)` wrote it; nothing if no attempt had it.
  [[nodiscard]] Result<std::optional<std::string>> key_parts(const Digest& key);
  /// Every path that has an attempt or a history, sorted: for "did you mean".
  [[nodiscard]] Result<std::vector<std::string>> paths();
  [[nodiscard]] Result<std::vector<Approval>> approvals();
  [[nodiscard]] Result<std::size_t> count_results();
  /// Reads every page of the file: is the database sound? Slow.
  [[nodiscard]] Result<> verify();

 private:
  explicit StoreReader(std::unique_ptr<Queries> queries);
  std::mutex mutex_;
  std::unique_ptr<Queries> queries_;
};

}  // namespace oche::detail
