// look.cpp - the state of a failure; the word, the mark and the colours of each state.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include <oche/graph/snapshot.hpp>

namespace oche {

State state_of_failure(FailureClass kind) {
  switch (kind) {
    case FailureClass::failed:
      return State::failed;
    case FailureClass::errored:
      return State::errored;
    case FailureClass::timed_out:
      return State::timed_out;
    case FailureClass::cancelled:
      return State::cancelled;
  }
  return State::failed;
}

const StateLook& look_of(State state) {
  // In the order of State; docs/graph.md shows the same table.
  static constexpr std::array<StateLook, state_count> looks = {{
      {"not wanted", "·", "#f5f5f5", "dashed"},
      {"ok", "✔", "#90ee90", "solid"},
      {"ready", "○", "#ffff00", "solid"},
      {"running", "…", "#ffa500", "solid"},
      {"awaiting approval", "?", "#4975ff", "solid"},
      {"failed", "✗", "#ff4500", "solid"},
      {"errored", "!", "#c39bf0", "solid"},
      {"timed out", "◔", "#ff4500", "solid"},
      {"cancelled", "⊘", "#ff4500", "solid"},
      {"skipped", "–", "#ffffff", "dashed"},
      {"blocked", "▪", "#d3d3d3", "solid"},
  }};
  return looks[static_cast<std::size_t>(state)];
}

}  // namespace oche
