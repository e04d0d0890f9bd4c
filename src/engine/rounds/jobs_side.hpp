// jobs_side.hpp - what a round asks of whoever runs jobs, reads inputs and keeps state.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/value.hpp>
#include <oche/graph/graph.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace oche::detail {

/// One instance of a node: the node itself at top level, or its copy for one item.
using CellId = std::uint32_t;

/// What a step's instance is told when it asks for its job.
struct JobAnswer {
  enum class Kind : std::uint8_t { ok, active, failed };
  Kind kind = Kind::active;
  Phase phase = Phase::ready;              ///< of active
  Value value;                             ///< of ok
  std::shared_ptr<const Failure> failure;  ///< of failed
  bool stale = false;                      ///< ok, and a refresh is under way
};

/// Who asks.
struct Asker {
  CellId cell;
  NodeId node;
  const Graph* graph;
  /// False while a list (or the input of a hole) around the asker is not ok, but was: what runs
  /// goes
  /// on and what is stored is given, but nothing new is started for this asker (active(ready)). It
  /// asks again once that has changed.
  bool may_start = true;
};

/// Rounds call these on the engine's thread, never across threads. None may block or throw.
/// After any change of an answer the implementation calls `Rounds::touch(cell)` for each asker.
class JobsSide {
 public:
  virtual ~JobsSide() = default;

  /// A wanted step or command whose inputs are ok, with their values in order. Called again with
  /// other arguments, the asker has left its former key. Starts nothing before the round ends (E4):
  /// in one round an asker may ask, leave and ask again, and only the last call counts.
  virtual JobAnswer ask(const Asker& asker, std::span<const Value> arguments) = 0;
  /// The asker wants no job any more. With `undecided`, its inputs are active again: the job goes
  /// on, but no new one is started (semantics §3.6).
  virtual void leave(const Asker& asker, bool undecided) = 0;

  /// A wanted input; `leave_input` when nobody wants it any more.
  virtual JobAnswer ask_input(const Asker& asker) = 0;
  virtual void leave_input(const Asker& asker) = 0;

  /// Has somebody approved this value at this asker's path?
  virtual bool is_approved(const Asker& asker, const Value& value) = 0;

  /// A fold's stored state, if any, and the last value that went into it; and what to store. `fold`
  /// is called once a round at most, when the round ends.
  struct Folded {
    Value state;
    Value last;
  };
  virtual std::optional<Folded> folded(const Asker& asker) = 0;
  virtual void fold(const Asker& asker, const Value& state, const Value& last) = 0;
};

}  // namespace oche::detail
