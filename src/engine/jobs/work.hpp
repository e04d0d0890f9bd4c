// work.hpp - one thing to run: a step or command with its arguments, and what it came to.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/jobs/key.hpp"
#include <oche/base/outcome.hpp>
#include <oche/base/value.hpp>
#include <oche/term/node.hpp>
#include <oche/term/step_payload.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oche::detail {

/// Immutable; shared by the engine's thread and by whoever runs it.
struct Work {
  AnyTerm term;                             ///< keeps what `step` and `command` point to
  const StepPayload* step = nullptr;        ///< of a step
  const CommandPayload* command = nullptr;  ///< of a command
  std::vector<Value> arguments;
  ResolvedCommand resolved;  ///< of a command
  Promise promise;           ///< of a command
  Digest key;                ///< `digest()`, once it is known
  Digest latest;             ///< what the Latest arguments are, if there are any
  std::string path;          ///< of the first who asked
  std::string where;         ///< the user's file:line

  /// What its key is made of: made when asked for, because of most works nobody asks.
  [[nodiscard]] std::vector<KeyPart> parts() const;
  /// Of all that.
  [[nodiscard]] Digest digest() const;
  [[nodiscard]] std::string name() const;
  [[nodiscard]] int version() const { return step != nullptr ? step->options.version : 1; }
  [[nodiscard]] Level level() const;
  [[nodiscard]] Duration timeout() const;
  [[nodiscard]] const Retry& retry() const;
  [[nodiscard]] std::optional<Duration> valid_for() const;
  [[nodiscard]] const Needs& needs() const {
    return step != nullptr ? step->options.needs : command->spec.needs;
  }
  [[nodiscard]] std::string_view pool() const {
    return step != nullptr ? step->options.pool : std::string_view();
  }
  [[nodiscard]] int priority() const { return step != nullptr ? step->options.priority : 0; }
  [[nodiscard]] bool cancel_when_unwanted() const;
  [[nodiscard]] bool keeps_old() const {
    return step != nullptr && step->options.keep_old_while_running;
  }
  /// What a person is asked to approve.
  [[nodiscard]] Digest asked() const { return asked_digest(key, latest); }
  /// Counted as work: all but what only reads an input's content.
  [[nodiscard]] bool is_counted() const { return step == nullptr || !step->options.is_reading; }
  [[nodiscard]] bool is_publishing() const { return step != nullptr && has_latest(*step); }
};

/// How an attempt ended.
struct AttemptEnd {
  Value value;                     ///< if it succeeded
  std::optional<Failure> failure;  ///< if not
  std::chrono::nanoseconds duration{};
  std::optional<int> exit_status;
  std::string isolation;
};

/// The user's `file:line`, as the compiler was given the file's name.
[[nodiscard]] std::string place(const std::source_location& where);

}  // namespace oche::detail
