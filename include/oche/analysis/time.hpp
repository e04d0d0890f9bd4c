// time.hpp - how long a pipeline takes, and why, before it runs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace oche {

/// What is assumed of a run that has not been. Everything else is assumed to go well: steps
/// succeed, conditions are true, persons approve at once.
struct Assumptions {
  /// How long each step takes, by path, as `StateFolder::usual_durations` gives it. What the items
  /// of a list are called is taken from these paths too.
  std::map<std::string, Duration> durations = {};
  /// Until the first step begins, as `StateFolder::usual_start_up` gives it. Where nothing runs, it
  /// does not count.
  Duration start_up = {};
  /// Of a step without one. Nothing: the median of those of the pipeline's steps that are known, or
  /// a second if none is.
  std::optional<Duration> unknown = {};
  /// The items of a list, by its path (`platforms`).
  std::map<std::string, std::vector<std::string>> items = {};
  // By path; with the item's star, all instances are meant.
  std::set<std::string> failing = {};       ///< fails, if it gets so far
  std::set<std::string> untrue = {};        ///< an `only_if`, or its condition
  std::set<std::string> unapproved = {};    ///< an approval that nobody gives
  std::set<std::string> reused = {};        ///< its result is stored: it takes no time
  std::map<std::string, Needs> pools = {};  ///< what each has, as EngineOptions::pools
};

/// What becomes of a step.
enum class Fate : std::uint8_t { succeeds, fails, reused, blocked, skipped, waits, not_wanted };
/// `succeeds`, `fails`, `reused`, `blocked`, `skipped`, `waits`, `not wanted`.
[[nodiscard]] std::string_view to_string(Fate fate);

/// A step or a command; for a template's, one of its instances.
struct TimedStep {
  NodeId node = no_node;
  std::string path;
  Fate fate = Fate::succeeds;
  bool publishes = false;  ///< sets a name to what it is given
  Duration takes{};        ///< zero if it does not run
  bool is_known = true;    ///< false: `takes` is what is assumed of steps that nobody knows
  Duration begin{};        ///< at the earliest, with slots for all
  Duration slack{};        ///< how much longer it could take without making the whole longer
  Duration drag{};         ///< how much sooner the whole would end if it took no time
  [[nodiscard]] bool runs() const { return fate == Fate::succeeds || fate == Fate::fails; }
};

/// When all would have ended on so many slots.
struct Finish {
  unsigned slots = 1;
  Duration start_up{};  ///< until the first step begins; all that follows counts from before it
  Duration at{};
  Duration least{};      ///< no order of the same steps ends sooner …
  Duration most{};       ///< … and none that leaves no slot idle without need ends later
  unsigned busiest = 0;  ///< the most that ran at a time
  std::vector<Duration> begins = {};        ///< by place in `Forecast::steps`; of those that run
  std::vector<std::uint32_t> started = {};  ///< places in `Forecast::steps`, in order
};

/// One run of a pipeline as it would go, step by step, on a virtual clock with the engine's order.
///
///     const Forecast forecast(Facts(graph), {.durations = folder.usual_durations()});
///     forecast.span();        // the critical path
///     forecast.finish(4).at;  // with four slots
///
/// Cost: linear in nodes, instances and edges; `finish` a logarithm more. Threads: any.
/// Fails: throws oche::Error if an assumption names what is not in the pipeline.
class Forecast {
 public:
  explicit Forecast(const Facts& facts, const Assumptions& assumptions = {});
  ~Forecast();
  Forecast(Forecast&&) noexcept;
  Forecast& operator=(Forecast&&) noexcept;

  /// The longest path: with slots for all, it ends then.
  [[nodiscard]] Duration span() const;
  /// All that runs, one after the other.
  [[nodiscard]] Duration work() const;
  /// Every step and command, in the order of the graph, a template's once for each item.
  [[nodiscard]] const std::vector<TimedStep>& steps() const;
  /// Places in `steps` of one longest path, in order.
  [[nodiscard]] const std::vector<std::uint32_t>& critical() const;
  /// What becomes of the whole: succeeds, fails, skipped or waits.
  [[nodiscard]] Fate outcome() const;
  [[nodiscard]] Finish finish(unsigned slots) const;
  /// For 1, 2, 3, 4, 6, 8, 12 … slots, as long as more of them could help; without `begins` and
  /// `started`.
  [[nodiscard]] std::vector<Finish> curve(unsigned most = 256) const;
  /// What is assumed of a step whose duration is not known.
  [[nodiscard]] Duration unknown() const;
  /// What nobody can know before it has run, and what was taken for it; a sentence each.
  [[nodiscard]] const std::vector<std::string>& unseen() const;

 private:
  struct Made;
  std::unique_ptr<const Made> made_;
};

/// Critical path, finish with `slots`, the curve, and what cannot be seen.
[[nodiscard]] std::string critical_path_text(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string critical_path_json(const Forecast& forecast, unsigned slots);
/// What runs, when, and what does not and why.
[[nodiscard]] std::string simulation_text(const Forecast& forecast, unsigned slots);
[[nodiscard]] std::string simulation_json(const Forecast& forecast, unsigned slots);

}  // namespace oche
