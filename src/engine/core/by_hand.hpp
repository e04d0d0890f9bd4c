// by_hand.hpp - what an engine's threads do, done by whoever drives it: tests and simulations.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace oche::detail {

class RunningAttempt;

/// Given to an engine, it has no thread of its own: all that rounds leave to others comes here.
///
/// Threads: the one that advances the engine. Nothing may be done before the call has returned: a
/// round is under way.
class ByHand {
 public:
  virtual ~ByHand() = default;

  /// Nobody else reads the state folder while the engine lives.
  [[nodiscard]] virtual bool has_folder_alone() const { return false; }

  /// Whose work it is; what is for one of them is done in order, and on `lookups` one at a time.
  enum class Line : std::uint8_t { lookups, readers, workers };
  virtual void later(Line line, std::string name, std::function<void()> work) = 0;

  /// It has begun, and ends when it is told to: RunningAttempt::end, run_here or exit_here.
  virtual void begun(std::shared_ptr<RunningAttempt> attempt) = 0;
  virtual void cancelled(const RunningAttempt& attempt) = 0;
  /// The engine goes away: everything that has begun ends now.
  virtual void end_all() = 0;
};

}  // namespace oche::detail
