// snapshot.hpp - what state each node of a graph was in at one moment.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/graph/graph.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// What a viewer shows of a node; docs/glossary.md has the words, semantics the colours.
enum class State : std::uint8_t {
  not_wanted,  ///< nobody asks for it
  ok,
  ready,  ///< waits for a slot
  running,
  awaiting_approval,
  failed,
  errored,
  timed_out,
  cancelled,
  skipped,
  blocked,  ///< another node is the origin of its outcome
};
inline constexpr std::size_t state_count = 11;
/// The state of a node that has failed itself.
[[nodiscard]] State state_of_failure(FailureClass kind);

/// The word, the mark and the colours of a state: one table for every renderer.
struct StateLook {
  std::string_view word;
  std::string_view mark;
  std::string_view fill;   ///< `#rrggbb`
  std::string_view style;  ///< of the outline: "solid" or "dashed"
};
[[nodiscard]] const StateLook& look_of(State state);

/// One node's state. `text` is what went wrong or why it waits, in one line, for people.
struct NodeView {
  State state = State::not_wanted;
  NodeId origin = no_node;  ///< who is the cause, if another node (blocked)
  bool stale = false;       ///< ok, but being refreshed or the last refresh failed
  bool reused = false;      ///< ok or failed from the store, without running now
  bool retried = false;     ///< ok, but not at the first attempt
  std::string text;
  std::chrono::sys_time<std::chrono::nanoseconds> since{};  ///< of the state; zero if unknown
};

/// One item of a list: its name and the states of the template's nodes.
struct ItemView {
  std::string name;
  std::string path;             ///< `platforms/debian`
  std::vector<NodeView> nodes;  ///< in the order of Template::nodes
  std::vector<std::pair<NodeId, std::vector<ItemView>>>
      lists;  ///< inner ones, by their expand node
};

/// The states of a whole graph at one moment; immutable once published.
struct Snapshot {
  std::uint64_t sequence = 0;
  std::chrono::sys_time<std::chrono::nanoseconds> at{};
  bool settled = false;
  std::vector<NodeView> nodes;  ///< by NodeId; of a template's node: the sum over its instances
  std::vector<std::pair<NodeId, std::vector<ItemView>>>
      lists;                                        ///< known lists, by their expand node
  std::array<std::uint32_t, state_count> counts{};  ///< of visible steps and commands, by State
};

}  // namespace oche
