// job_table.hpp - every key that somebody wants, and the job that is to give its result.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/services.hpp"
#include "engine/core/timers.hpp"
#include "engine/jobs/promises.hpp"
#include "engine/jobs/stored_value.hpp"
#include "engine/jobs/work.hpp"
#include "engine/rounds/jobs_side.hpp"
#include "engine/work/running_attempt.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace oche::detail {

/// One evaluation, as the job table sees it.
class AskerHost {
 public:
  virtual ~AskerHost() = default;
  /// The answer to this cell has changed.
  virtual void touch(CellId cell) = 0;
  [[nodiscard]] virtual std::string path_of(CellId cell) const = 0;
  /// Something began, ended or was reused here.
  virtual void count_run() = 0;
  virtual void count_reused() = 0;
};

/// A cell of an evaluation.
struct AskerId {
  AskerHost* host = nullptr;
  CellId cell = 0;
  friend bool operator==(const AskerId&, const AskerId&) = default;
};

struct AskerHash {
  std::size_t operator()(const AskerId& id) const noexcept {
    return std::hash<const void*>()(id.host) ^ (std::size_t{id.cell} * 0x9e3779b97f4a7c15ULL);
  }
};

/// The life of a job (semantics §3). From `queued` on back to `done`, by way of the store.
enum class Stage : std::uint8_t {
  looking_up,  ///< is there a stored result?
  approval,    ///< its level asks for a person
  queued,      ///< waits for a slot, or to be tried again
  announcing,  ///< publishing: "current: unknown" is being committed (D8)
  running,
  storing,     ///< finished, not yet committed
  done,
};

/// Keeps E3 (one job a key) and E4 (nothing starts unless it is wanted).
///
/// A round asks and leaves; jobs are started and cancelled by `end_round` only.
/// Threads: the engine's; attempts report through the inbox.
class JobTable {
 public:
  JobTable(Services& services, Timers& timers)
      : services_(services), timers_(timers), promises_(services) {}

  // ---- from rounds ----
  /// With `may_start` false, nothing new is begun on this asker's behalf.
  [[nodiscard]] JobAnswer ask(AskerId asker, const AnyTerm& term, std::span<const Value> arguments,
                              bool may_start);
  void leave(AskerId asker, bool undecided);
  /// Starts and cancels what the round decided. Call when no cell is dirty any more.
  void end_round();

  // ---- from people; the answer names every path that shares the key ----
  [[nodiscard]] Result<std::vector<std::string>> cancel(AskerId asker);
  [[nodiscard]] Result<std::vector<std::string>> rebuild(AskerId asker);
  [[nodiscard]] Result<std::vector<std::string>> approve(AskerId asker, const std::string& who);
  [[nodiscard]] bool is_awaiting_approval(AskerId asker) const;
  /// Everyone whose job ended without an ok result.
  [[nodiscard]] std::vector<AskerId> failed_askers() const;

  /// What this asker's job is made of, or null before it has been asked for.
  [[nodiscard]] std::shared_ptr<const Work> work_of(AskerId asker) const;
  /// The log of its newest attempt here, or empty.
  [[nodiscard]] std::string log_of(AskerId asker) const;
  /// Was its outcome taken from the store? And did it need more than one attempt?
  [[nodiscard]] bool is_reused(AskerId asker) const;
  [[nodiscard]] bool was_retried(AskerId asker) const;

  /// Nothing runs, could start or is being looked up.
  [[nodiscard]] bool is_idle() const;
  /// Start nothing more (fail-fast, shutdown); what is queued stays queued.
  void hold() { held_ = true; }
  /// Cancels everything that runs.
  void cancel_all();
  /// Names of what still runs.
  [[nodiscard]] std::vector<std::string> running() const;

 private:
  struct Asking {
    AskerId id;
    std::shared_ptr<const Work> work;
    bool undecided = false;  ///< what runs goes on for its sake, but nothing begins
  };
  struct Job {
    std::shared_ptr<const Work> work;
    Stage stage = Stage::looking_up;
    std::vector<Asking> askers;
    Value value;                             ///< done, ok; or stale while running again
    std::shared_ptr<const Failure> failure;  ///< done, not ok
    std::shared_ptr<RunningAttempt> attempt;        ///< while running
    std::string log;
    std::uint64_t turn = 0;                  ///< place in the queue
    std::int64_t build = 1;
    int tries = 0;
    bool conflict = false;      ///< publishing: two values are wanted at once
    bool reused = false;
    bool again = false;         ///< run once more when this attempt has ended (rebuild, new value)
    bool stopped = false;       ///< a person cancelled it
    bool is_unstored = false;   ///< its write waits for room on the disk; why:
    std::shared_ptr<const Failure> store_failure;
    std::optional<Timers::Id> timer;
  };
  using Jobs = std::unordered_map<Digest, std::unique_ptr<Job>>;

  // ask.cpp
  Job& join(Asking asking);
  void part(AskerId asker);
  [[nodiscard]] static JobAnswer answer(const Job& job);
  void touch(Job& job);
  void settle_latest(Job& job);
  // lookup.cpp
  struct Found {
    Digest key;
    Digest latest;  ///< what was asked for
    Recalled recalled;
    std::int64_t build = 1;
    std::optional<Time> expires;
    bool is_approved = false;
  };
  void send_lookups();
  [[nodiscard]] static Found look_up(Services& services, const Work& work);
  void looked_up(Found found);
  void refresh_at(Job& job, Time expires);
  // admit.cpp
  void decide(Job& job);
  void enqueue(Job& job);
  void dequeue(Job& job);
  void start_ready();
  void announce(Job& job);
  void start(Job& job);
  // complete.cpp
  void ended(const Digest& key, const std::shared_ptr<RunningAttempt>& attempt, AttemptEnd end);
  void store(Job& job, const RunningAttempt& attempt, const AttemptEnd& end);
  void stored(const Digest& key, const CommitReport& report_of);
  void cannot_store(Job* job, const Failure& failure);
  void finish(Job& job, Value value, std::shared_ptr<const Failure> failure);
  void try_again(Job& job);
  // cancel.cpp
  void stop(Job& job);
  void forget(Job& job);
  [[nodiscard]] std::vector<std::string> paths(const Job& job) const;
  [[nodiscard]] Job* find(AskerId asker) const;

  [[nodiscard]] bool is_wanted(const Job& job) const;
  void report(const Job& job, Event::What what, State state, std::chrono::nanoseconds duration = {},
              std::string text = {});

  Services& services_;
  Timers& timers_;
  Promises promises_;
  Jobs jobs_;
  std::unordered_map<AskerId, Job*, AskerHash> asked_;
  std::vector<Digest> lookups_;           ///< to be sent when the round ends
  std::unordered_set<Job*> touched_;      ///< to be decided when the round ends
  std::map<std::pair<int, std::uint64_t>, Job*> queue_;  ///< by priority, then turn
  std::uint64_t next_turn_ = 1;
  unsigned running_ = 0;                  ///< slots taken
  unsigned pending_ = 0;                  ///< look-ups, announcements and writes under way
  unsigned waiting_retries_ = 0;
  bool held_ = false;
};

}  // namespace oche::detail
