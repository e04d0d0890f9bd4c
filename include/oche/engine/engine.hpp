// engine.hpp - evaluates a pipeline concurrently, remembers results, re-evaluates what changed.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/clock.hpp>
#include <oche/base/outcome.hpp>
#include <oche/base/secret.hpp>
#include <oche/engine/event.hpp>
#include <oche/graph/graph.hpp>
#include <oche/graph/snapshot.hpp>
#include <oche/term/step_options.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

namespace detail {
class EngineCore;
class EvaluationCore;
}  // namespace detail

struct SavedPlan;

/// Which isolation commands get.
enum class Isolation : std::uint8_t {
  automatic,  ///< bubblewrap where it works, else none, said in every log's head
  required,   ///< errored where there is none
  none,
};

/// Who calls `advance`.
enum class Loop : std::uint8_t {
  own_thread,  ///< the engine does, on a thread of its own
  host,        ///< the host program, when `fd()` is readable
};

/// Everything about an engine that is not the pipeline.
struct EngineOptions {
  std::string state = ".oche";  ///< the state folder; made if absent
  unsigned slots = 0;           ///< jobs at a time; 0: one for each core
  /// What each pool has, "" for steps that name none; a pool that is not here limits nothing.
  std::map<std::string, Needs> pools = {};
  /// Waiting for so long is worth one step of priority; zero: waiting is worth nothing.
  Duration ageing = 10min;
  Isolation isolation = Isolation::automatic;
  Loop loop = Loop::own_thread;
  bool fail_fast = false;  ///< start nothing new once something wanted has failed
  std::optional<Level> ask_from = std::nullopt;  ///< steps of this level or above wait for approval
  std::uint64_t seed = 0;                  ///< of waits before retries; 0: another one each time
  Duration grace = 10s;                    ///< between TERM and KILL, and for functions at shutdown
  std::shared_ptr<Clock> clock = nullptr;  ///< null: the system's
  /// Nothing is started that is not part of this plan. Null: whatever the pipeline wants.
  std::shared_ptr<const SavedPlan> held_to = nullptr;
  /// Reads a secret. Null: none exist. Threads: called on worker threads.
  std::function<std::optional<std::string>(const SecretName&)> vault = nullptr;
};

/// One pipeline being evaluated, for as long as there is a handle: with the last one everything
/// ends that no other pipeline of the engine wants. Cheap to copy; may outlive its engine.
///
/// Threads: any.
class Evaluation {
 public:
  explicit Evaluation(std::shared_ptr<detail::EvaluationCore> core) : core_(std::move(core)) {}

  [[nodiscard]] const Graph& graph() const;
  /// The state now; never null once `start` has returned.
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;
  /// True when nothing of this pipeline is being read, runs or could start, whatever else its
  /// engine does; what it has given up, but what still runs, counts. Waiting for a person does not.
  [[nodiscard]] bool is_settled() const;
  /// Waits for that. Not for the host's loop thread: it would wait for itself.
  void wait_until_settled() const;
  [[nodiscard]] Outcome<> outcome() const;
  /// Every failure that the outcome stands for, in path order.
  [[nodiscard]] std::vector<Failure> failures() const;
  /// How many steps ran, and how many were reused, since `start`.
  [[nodiscard]] Counts counts() const;

 private:
  std::shared_ptr<detail::EvaluationCore> core_;
};

/// Owns the state folder, the threads and the jobs. Several in one process work (D10).
class Engine {
 public:
  /// Opens or makes the state folder and locks it.
  /// Fails: throws oche::Error if it is unusable or another process has it.
  explicit Engine(EngineOptions options = {});
  /// Cancels what runs, stores what has finished, leaves after the grace time at the latest.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Begins to evaluate `pipeline`; it ends with the last handle. No value that a `Var` is given
  /// from now on is missed by a `fold`. Fails: throws oche::Error where Graph does.
  [[nodiscard]] Evaluation start(const AnyTerm& pipeline);

  /// Readable when `advance` has something to do.
  [[nodiscard]] int fd() const;
  /// One round; never blocks, never throws.
  void advance();

  // What people do. Each acts on the key behind `path`, and names every path that shares it.
  /// Fails: an unknown path (with the nearest ones), or nothing there to act on.
  [[nodiscard]] Result<std::vector<std::string>> cancel(std::string_view path);
  [[nodiscard]] Result<std::vector<std::string>> rebuild(std::string_view path);
  /// Runs every step again that failed, errored, timed out or was cancelled.
  [[nodiscard]] Result<std::vector<std::string>> rebuild_failed();
  [[nodiscard]] Result<std::vector<std::string>> approve(std::string_view path,
                                                         std::string_view who);

  // What may change while it runs. What runs already goes on, whatever it has taken.
  /// Zero: nothing new begins.
  void resize_slots(unsigned slots);
  /// A pool that there was not is made.
  void resize_pool(std::string_view name, const Needs& has);
  /// Steps of this level or above wait for approval from now on; nothing: none do. After `lasting`,
  /// unless that is zero, it is as the options say again.
  void ask_from(std::optional<Level> level, Duration lasting = {});

  /// The ordered stream of what happens from now on; a slow reader finds a gap, never blocks.
  [[nodiscard]] EventReader events() const;

 private:
  std::shared_ptr<detail::EngineCore> core_;
};

}  // namespace oche
