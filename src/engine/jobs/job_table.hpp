// job_table.hpp - every key that somebody wants, and the job that is to give its result.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/services.hpp"
#include "engine/core/timers.hpp"
#include "engine/jobs/promises.hpp"
#include "engine/jobs/stored_value.hpp"
#include "engine/jobs/under_way.hpp"
#include "engine/jobs/work.hpp"
#include "engine/rounds/jobs_side.hpp"
#include "engine/work/running_attempt.hpp"
#include <oche/schedule/queue.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace oche::detail {

/// One evaluation, as the tables of jobs and inputs see it. It may be gone before what it asked for
/// has ended: calls that come later hold it weakly.
class AskerHost : public std::enable_shared_from_this<AskerHost> {
 public:
  virtual ~AskerHost() = default;
  /// The answer to this cell has changed.
  virtual void touch(CellId cell) = 0;
  [[nodiscard]] virtual std::string path_of(CellId cell) const = 0;
  /// Its own usual time and the longest path behind it; `path` is its own.
  [[nodiscard]] virtual Duration remaining(CellId cell, std::string_view path) const = 0;
  /// Something began, ended or was reused here.
  virtual void count_run() = 0;
  virtual void count_reused() = 0;

  /// Something more that it waits for.
  [[nodiscard]] UnderWay wait() { return UnderWay(under_way_); }
  [[nodiscard]] bool is_waiting() const { return *under_way_ > 0; }

 private:
  std::shared_ptr<unsigned> under_way_ = std::make_shared<unsigned>(0);
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
  storing,  ///< finished, not yet committed
  done,
};

/// Keeps E3 (one job a key) and E4 (nothing starts unless it is wanted).
///
/// A round asks and leaves; jobs are started and cancelled by `end_round` only.
/// Threads: the engine's; attempts report through the inbox.
class JobTable {
 public:
  JobTable(Services& services, Timers& timers);
  JobTable(const JobTable&) = delete;
  JobTable& operator=(const JobTable&) = delete;

  /// Finds out ahead what jobs of this graph will ask of the machine.
  void expect(const Graph& graph) { promises_.expect(graph); }
  /// The engine's only evaluation was started then: its first attempt tells how long it took until
  /// there could be one. Nothing: nothing has to begin any more.
  void begin_start_up(std::optional<std::chrono::nanoseconds> steady) { start_up_ = steady; }

  // ---- from rounds ----
  /// With `may_start` false, nothing new is begun on this asker's behalf.
  [[nodiscard]] JobAnswer ask(AskerId asker, const AnyTerm& term, std::span<const Value> arguments,
                              bool may_start);
  void leave(AskerId asker, bool undecided);
  /// Starts and cancels what the round decided. Call when no cell is dirty any more.
  void end_round();
  /// Something was asked, left or has ended since: another `end_round` is needed.
  [[nodiscard]] bool is_undecided() const { return !touched_.empty(); }

  // ---- while it runs; what runs already goes on ----
  void resize_slots(unsigned slots) { queue_.resize(slots); }
  void resize_pool(const std::string& name, const Needs& has);
  /// More is known of how long things take: what waits takes its place anew.
  void rank_again() {
    queue_.each([this](Job* job) { mark(*job); });
  }
  /// From now on; for `lasting`, unless that is zero, and then from what the options say.
  void ask_from(std::optional<Level> level, Duration lasting);
  /// How many durations were stored so far.
  [[nodiscard]] std::uint64_t learned() const { return learned_; }

  // ---- from people; the answer names every path that shares the key ----
  [[nodiscard]] Result<std::vector<std::string>> cancel(AskerId asker);
  [[nodiscard]] Result<std::vector<std::string>> rebuild(AskerId asker);
  [[nodiscard]] Result<std::vector<std::string>> approve(AskerId asker, const std::string& who);
  [[nodiscard]] bool is_awaiting_approval(AskerId asker) const;
  /// One asker of each job that ended without an ok result.
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
  void hold();
  /// Cancels everything that runs.
  void cancel_all();
  /// Names of what still runs.
  [[nodiscard]] std::vector<std::string> running() const;

 private:
  struct Asking {
    AskerId id;
    std::shared_ptr<const Work> work;
    bool undecided = false;  ///< what runs goes on for its sake, but nothing begins
    std::uint64_t turn = 0;  ///< publishing: when its value was set, among others
  };
  struct Job;
  using Queue = scheduling::Queue<Job*>;
  struct Job {
    std::shared_ptr<const Work> work;
    Stage stage = Stage::looking_up;
    std::vector<Asking> askers;
    Value value;                                   ///< done, ok; or stale while running again
    std::shared_ptr<const Failure> failure;        ///< done, not ok; or likewise
    std::shared_ptr<RunningAttempt> attempt;       ///< while running
    Digest setting;                                ///< publishing: what the newest attempt sets
    AttemptEnd fresh;                              ///< while storing: not to be shown yet (D8)
    std::int64_t storing = 0;                      ///< the attempt that `fresh` is of
    std::shared_ptr<const Failure> store_failure;  ///< its write waits for room on the disk
    std::string log;
    std::int64_t made = 0;    ///< the attempt that runs, or whose outcome it is; 0: unknown
    std::string made_at;      ///< and its path
    std::uint64_t turn = 0;   ///< in the queue
    Duration since{};         ///< it has its turn
    int queued_priority = 0;  ///< with which it stands there
    std::optional<Queue::Place> queued;  ///< while it could start
    std::optional<Queue::Place> slot;    ///< taken, with its share of pools
    std::int64_t build = 1;
    int tries = 0;
    bool is_touched = false;  ///< stands in `touched_`
    bool conflict = false;    ///< publishing: two values are wanted at once
    bool reused = false;
    bool again = false;    ///< publishing: run once more, with the value that is wanted now
    bool rebuilt = false;  ///< a person wants another result than this attempt's
    bool stopped = false;  ///< a person cancelled it
    bool approved = false;
    bool approval_is_known = false;  ///< it has been looked up whether somebody has agreed
    bool announced = false;          ///< publishing: "current: unknown" is on disk
    Time finished = {};              ///< of the outcome
    std::optional<Time> expires;     ///< as stored with it
    std::optional<Timers::Id> timer;
    std::vector<UnderWay> waiting;  ///< evaluations that have not settled before this ends
  };
  using Jobs = std::unordered_map<Digest, std::unique_ptr<Job>>;

  // ask.cpp
  /// Requires: it wants this job.
  [[nodiscard]] static Asking& asking_of(Job& job, AskerId asker);
  [[nodiscard]] std::shared_ptr<Work> make_work(AskerId asker, const AnyTerm& term,
                                                std::span<const Value> arguments);
  Job& join(Asking asking);
  void part(AskerId asker);
  [[nodiscard]] static JobAnswer answer(const Job& job, const Asking& asking);
  void touch(Job& job);
  /// It is to be decided about when the round ends.
  void mark(Job& job) {
    if (!std::exchange(job.is_touched, true)) touched_.push_back(&job);
  }
  // latest.cpp
  void settle_latest(Job& job);
  [[nodiscard]] static std::shared_ptr<const Failure> conflict_of(const Job& job,
                                                                  const Asking& asking);
  // demands.cpp: of those who want a job, the strictest counts (E3)
  [[nodiscard]] static Level level(const Job& job);
  [[nodiscard]] static Duration timeout(const Job& job);
  [[nodiscard]] static std::optional<Duration> valid_for(const Job& job);
  [[nodiscard]] static int priority(const Job& job);
  [[nodiscard]] static bool cancel_when_unwanted(const Job& job);
  [[nodiscard]] static bool is_wanted(const Job& job);
  [[nodiscard]] static bool may_start(const Job& job) { return is_wanted(job) && !job.conflict; }
  [[nodiscard]] static Duration remaining(const Job& job);
  [[nodiscard]] bool must_ask(const Job& job) const;
  // lookup.cpp
  /// In parts: others read, and rounds take in what is there, before all is.
  static constexpr std::size_t lookups_at_once = 1024;
  struct Found {
    Digest key;
    Digest latest;  ///< what was asked for
    Recalled recalled;
    std::int64_t build = 1;
    Time finished = {};
    std::optional<Time> expires;
    std::int64_t attempt = 0;         ///< whose result it is; 0: unknown
    std::string path;                 ///< where that was made; empty: unknown
    std::optional<bool> is_approved;  ///< nothing: nobody has looked
    bool is_use_to_be_told = false;   ///< it has not been for long that this result is used
  };
  void send_lookups();
  [[nodiscard]] static std::vector<Found> look_up(
      Services& services, std::span<const std::shared_ptr<const Work>> works, bool asks);
  [[nodiscard]] static Found look_up(Services& services, const Work& work, bool asks,
                                     const Result<std::optional<StoredResult>>& stored);
  void looked_up(Found found);
  // admit.cpp
  void decide(Job& job);
  void decide_place(Job& job);
  [[nodiscard]] bool decide_approval(Job& job);
  void keep_waiting(Job& job);
  [[nodiscard]] bool is_under_way(const Job& job) const;
  void enqueue(Job& job);
  void put_in_queue(Job& job);
  void take_from_queue(Job& job);
  void dequeue(Job& job);
  void free_slot(Job& job);
  void start_ready();
  [[nodiscard]] std::shared_ptr<const Failure> refusal_of(const Job& job) const;
  void announce(Job& job);
  void announced(const Digest& key, const CommitReport& report_of);
  // start.cpp
  void start(Job& job);
  void watch_time(Job& job);
  // expiry.cpp
  void watch_expiry(Job& job);
  void expire(Job& job);
  [[nodiscard]] static std::optional<Time> expiry(const Job& job);
  // also_at.cpp: a second path with the same key
  void also_at(const Job& job, const Asking& asking);
  [[nodiscard]] std::optional<HistoryEntry> mention(const Job& job, const Asking& asking) const;
  void look_and_add(const HistoryEntry& entry, AskerHost& host);
  // complete.cpp
  void ended(const Digest& key, const std::shared_ptr<RunningAttempt>& attempt, AttemptEnd end);
  void try_later(Job& job);
  [[nodiscard]] static bool is_retried(const Job& job, const AttemptEnd& end);
  void finish(Job& job, Value value, std::shared_ptr<const Failure> failure);
  void try_again(Job& job);
  // record.cpp
  void record(const Job& job, const RunningAttempt& attempt, const AttemptEnd& end, bool is_result,
              Event finished);
  void stored(const Digest& key, std::int64_t attempt, const CommitReport& report_of);
  void cannot_store(Job* job, std::int64_t attempt, const Failure& failure);
  // cancel.cpp
  void stop(Job& job);
  void look_again(Job& job);
  void forget(Job& job);
  [[nodiscard]] std::vector<std::string> paths(const Job& job) const;
  [[nodiscard]] Job* find(AskerId asker) const;

  void report(const Job& job, Event::What what, State state, std::string text = {});
  [[nodiscard]] Event event_of(const Job& job, Event::What what, State state) const;

  Services& services_;
  Timers& timers_;
  Promises promises_;
  Jobs jobs_;
  std::unordered_map<AskerId, Job*, AskerHash> asked_;
  std::vector<Digest> lookups_;  ///< to be sent when they are many, or the round ends
  std::vector<Job*> touched_;    ///< to be decided when the round ends, each once
  scheduling::Pools pools_;
  Queue queue_;  ///< all that could start, if there were slots for all
  std::uint64_t next_turn_ = 1;
  std::optional<Level> ask_from_;
  std::optional<Timers::Id> asks_until_;
  std::uint64_t learned_ = 0;
  std::optional<std::chrono::nanoseconds> start_up_;  ///< when it began, until the first attempt
  unsigned pending_ = 0;  ///< look-ups, announcements and writes under way
  unsigned waiting_retries_ = 0;
  std::unordered_set<std::int64_t> unstored_;         ///< attempts whose writes wait for room
  std::unordered_map<Digest, std::int64_t> rebuilt_;  ///< build numbers; what the store has is old
  bool held_ = false;
};

}  // namespace oche::detail
