// isolation.hpp - which sandbox this machine offers, and what a command is granted.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/request.hpp"

#include <string>

namespace oche::detail {

/// What was found out about bubblewrap on this machine.
struct IsolationOffer {
  std::string bwrap;    ///< the program; empty: there is no sandbox
  std::string why_not;  ///< one line, if there is none

  [[nodiscard]] bool is_available() const { return !bwrap.empty(); }
};

/// What a command gets for its wish.
struct IsolationGrant {
  bool sandboxed = false;
  std::string text;     ///< for keys and the head of logs; the same on every machine that grants it
  std::string why_not;  ///< if a sandbox was wished for and is not granted
};
[[nodiscard]] IsolationGrant grant(Isolation wish, bool network, const IsolationOffer& offer);

}  // namespace oche::detail
