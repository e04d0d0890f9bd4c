// commit_report.hpp - what became of a submitted write.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

#include <cstdint>
#include <functional>

namespace oche::detail {

/// A write is reported once as stored or refused; before that it may be reported as waiting, once
/// for each attempt to store it.
struct CommitReport {
  enum class State : std::uint8_t {
    stored,   ///< the transaction has committed and is synced
    waiting,  ///< could not be stored (disk full, …): kept, in order, and tried again with the next
              ///< submit and every few seconds; nothing is lost while the process lives
    refused,  ///< this write can never be stored and was given up; the others are not affected
  };
  State state = State::stored;
  Failure failure;  ///< unless stored
};

/// Threads: called on the writer's thread; must be quick and not throw.
using OnCommitted = std::function<void(const CommitReport&)>;

}  // namespace oche::detail
