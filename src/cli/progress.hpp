// progress.hpp - tells a person, or a log, what a run is doing.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/engine/engine.hpp>
#include <oche/engine/live_plan.hpp>

#include <map>
#include <string>
#include <vector>

namespace oche::cli {

/// How long steps usually take, by path.
using UsualDurations = std::map<std::string, std::chrono::nanoseconds>;

/// Shows events as they come.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void show(const Event& event) = 0;
  /// Called now and then: whatever moves may move.
  virtual void tick(const Snapshot&, std::chrono::nanoseconds) {}
  /// The run is over, or is interrupted.
  virtual void finish() {}
  /// True if `tick` is any use.
  [[nodiscard]] virtual bool is_live() const { return false; }
};

/// A line for each event; on a terminal, below them, what runs, how far the whole is, and how long
/// it still takes.
[[nodiscard]] std::unique_ptr<Reporter> make_line_reporter(const Graph& graph, UsualDurations usual,
                                                           unsigned slots);
/// An object for each event, a line each.
[[nodiscard]] std::unique_ptr<Reporter> make_json_reporter();
/// Failures only.
[[nodiscard]] std::unique_ptr<Reporter> make_quiet_reporter();

/// The line of an event; empty for those that need none. Of a failure, with the last lines of its
/// log.
[[nodiscard]] std::string line_of(const Event& event, bool coloured);

/// How far: done and expected work, by usual durations.
struct Share {
  std::chrono::nanoseconds done{};
  std::chrono::nanoseconds all{};
};
[[nodiscard]] std::string bar_of(const Share& share, unsigned width);
/// `2 running, 5 to come, about 3 min left`, as far as enough is known.
[[nodiscard]] std::string left_of(const LivePlan& plan, unsigned slots, Time now);

}  // namespace oche::cli
