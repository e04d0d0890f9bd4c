// live_plan.hpp - how long it still takes and what comes next, kept up to date event by event.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/time.hpp>
#include <oche/engine/event.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace oche {

/// A step that runs next, and why it is its turn.
struct NextStep {
  std::string path;
  Duration ahead{};                      ///< its own time and the longest path behind it
  bool is_critical = false;              ///< nothing that is left has more ahead
  std::vector<std::string> behind = {};  ///< running steps that it waits for; none: for a slot
  std::string why;                       ///< one line, for people
};

/// How far a run is.
struct Progress {
  std::uint32_t done = 0;
  std::uint32_t running = 0;
  std::uint32_t to_come = 0;
  std::uint32_t unknown = 0;  ///< of the last two, those whose usual duration nobody knows
};

/// A forecast of a run that is under way: what has happened is no longer assumed.
///
///     LivePlan left(run.graph(), {.durations = folder.usual_durations()});
///     EventReader events = engine.events();
///     while (auto event = events.next()) left.take(*event);
///     left.finish(4, clock.now());  // with four slots
///
/// It is always what a Forecast says that is made anew with the done steps as `reused`, the failed
/// ones as `failing`, and what runs taking only what it has left. A step that takes longer than it
/// usually does is about to end.
///
/// Cost of an event: a logarithm, and what becomes ready by it. After a failure, a step that runs
/// again or items that nobody knew, and always where something begins after any one of several, the
/// next question costs a forecast.
/// It hears only of events: what nobody asks for any more counts as to come until all has settled,
/// as does a step that gets the result of another one with its key. What holes build is left out.
/// Threads: one.
class LivePlan {
 public:
  /// Fails: throws oche::Error if an assumption names what is not in the pipeline.
  explicit LivePlan(const Graph& graph, Assumptions assumptions = {});
  ~LivePlan();
  LivePlan(LivePlan&&) noexcept;
  LivePlan& operator=(LivePlan&&) noexcept;

  void take(const Event& event);

  [[nodiscard]] Progress progress() const;
  /// With slots for all: the longest path that is left.
  [[nodiscard]] Duration longest(Time now) const;
  /// All that is left, one after the other.
  [[nodiscard]] Duration work(Time now) const;
  /// What is done, by usual durations, and what runs has had so far.
  [[nodiscard]] Duration spent(Time now) const;
  /// With so many slots, in the engine's order. Cost: a logarithm a step, once after each event.
  [[nodiscard]] Duration finish(unsigned slots, Time now) const;
  /// The steps of one longest path that is left, in order.
  [[nodiscard]] std::vector<std::string> critical(Time now) const;
  /// What would begin next, in the engine's order: what only lacks a slot first, then what waits
  /// for nothing but what runs.
  [[nodiscard]] std::vector<NextStep> next(std::size_t most) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oche
