// input_table.hpp - what the world outside says, read when it is wanted and when it changes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/services.hpp"
#include "engine/core/timers.hpp"
#include "engine/inputs/change_line.hpp"
#include "engine/jobs/job_table.hpp"
#include "engine/rounds/jobs_side.hpp"
#include <oche/term/payload.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace oche::detail {

class Timetable;

/// Every source that somebody wants. Of subscribing, reading and unsubscribing at most one is under
/// way for a source; a change during a read causes exactly one more. On a failed read the last good
/// value stays, stale. Nothing is read while nobody wants it. Where a fold takes an input's values
/// in, none of a Var's is missed: they are handed over one by one, a round each.
///
/// Threads: the engine's.
class InputTable {
 public:
  InputTable(Services& services, Timers& timers)
      : services_(services), timers_(timers), line_(std::make_shared<ChangeLine>(services.inbox)) {}
  ~InputTable() { line_->close(); }
  InputTable(const InputTable&) = delete;
  InputTable& operator=(const InputTable&) = delete;

  /// With `is_folded`, a fold takes its values in.
  [[nodiscard]] JobAnswer ask(AskerId asker, const AnyTerm& term, bool is_folded);
  void leave(AskerId asker);
  /// Somebody is about to ask for an input whose values are folded: none is missed from now on.
  void expect(const AnyTerm& term);
  /// What nobody has asked for by now is not expected any more.
  void end_expecting();
  /// Hands over the next of the values that wait. False if none does.
  [[nodiscard]] bool hand_over();
  /// Somebody may have set the clock: what goes by it is read again if that is so. Every round.
  void look_at_clock();
  /// A fold takes in what this one reads.
  void fold(Source* source);
  /// Since when its value is an old one, and why.
  struct Stale {
    Time since;
    std::string why;
  };
  [[nodiscard]] std::optional<Stale> stale(AskerId asker) const;
  /// Nothing is under way.
  [[nodiscard]] bool is_idle() const { return busy_ == 0; }
  /// Ends every subscription, so that no source calls after the engine has gone. What is known
  /// stays known; nothing is read any more.
  void close();

 private:
  struct Input {
    std::shared_ptr<Source> source;
    std::string name;
    std::string where;
    std::vector<AskerId> askers;
    std::function<void()> unsubscribe;
    std::unique_ptr<Source::Values> values;  ///< null where only the present one is known
    std::deque<Value> waiting_values;        ///< to be handed over
    Value value;
    std::shared_ptr<const Failure> failure;
    Time failing_since = {};
    bool busy = false;   ///< something is under way on a reader's thread
    bool again = false;  ///< changed since the read began
    bool is_folded = false;
    const Timetable* table = nullptr;  ///< of what goes by the clock
    std::optional<Timers::Id> timer;   ///< likewise
    std::vector<UnderWay> waiting;     ///< evaluations that have not settled while it is busy
  };

  [[nodiscard]] static JobAnswer answer(const Input& input);
  Input& input_of(const AnyTerm& term);
  void begin(Input& input);
  void end(Input& input);
  void subscribe(Input& input);
  [[nodiscard]] Result<Value> first_of(Input& input, std::function<void()> notify);
  void receive(Input& input);
  void changed(Source* source);
  void read(Input& input);
  void read_clock(Input& input);
  void end_timer(Input& input);
  void was_read(Source* source, Result<Value> result);
  void take(Input& input, Result<Value> result);
  void drop(Input& input, AskerHost* last = nullptr);
  void was_dropped(Source* source);
  void report(const Input& input, Event::What what, std::string text);

  Services& services_;
  Timers& timers_;
  std::shared_ptr<ChangeLine> line_;
  std::unordered_map<Source*, std::unique_ptr<Input>> inputs_;
  std::unordered_map<AskerId, Input*, AskerHash> asked_;
  std::vector<Source*> expected_;            ///< nobody has asked for them yet
  std::vector<Source*> full_;                ///< values of theirs wait to be handed over
  std::chrono::nanoseconds clock_offset_{};  ///< from steady time to the date
  unsigned by_clock_ = 0;                    ///< inputs with a timer
  unsigned busy_ = 0;
  bool closed_ = false;
};

}  // namespace oche::detail
