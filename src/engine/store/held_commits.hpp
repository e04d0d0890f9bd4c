// held_commits.hpp - commits that only their own connection sees, until they are shown.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/connection.hpp"

namespace oche::detail {

/// One long transaction, in which each commit is a savepoint: kept whole or dropped whole, as any
/// other, but no page of it is written anywhere before `show`. For folders that nobody else reads:
/// a simulation commits some thousand times, and pages that are written, read back by another
/// connection and checked cost ten times what changing them does.
///
/// Threads: one.
class HeldCommits {
 public:
  explicit HeldCommits(Connection& connection);

  /// What `write` does, or, if it throws, nothing.
  template <class Write>
  void commit(Write write) {
    begin();
    try {
      write();
    } catch (...) {
      drop();
      throw;
    }
    keep();
  }
  /// From now on other connections see what was committed.
  void show();

 private:
  void begin();
  void keep();
  void drop() noexcept;

  Connection& connection_;
};

}  // namespace oche::detail
