// impact.hpp - what would run again if an input, a step, some files or a source line changed.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>
#include <oche/base/outcome.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// Work that a change reaches.
struct Reached {
  NodeId node = no_node;
  NodeId because = no_node;  ///< the nearest work or beginning before it that a change reaches
  friend bool operator==(const Reached&, const Reached&) = default;
};

/// What a change would do, in the order of the graph.
struct Impact {
  std::vector<NodeId> begins;      ///< where the change is
  std::vector<Reached> runs;       ///< may run again: bytes of what it is given may differ
  std::vector<Reached> held;       ///< is given the same, but is held back or let go by what runs
  std::vector<NodeId> same;        ///< is looked into again, and passes on what it did before
  std::vector<std::string> notes;  ///< what could not be seen
};

/// If the values of these nodes changed (of a step: if it ran again).
///
/// What runs is at most this: where a result turns out equal, what follows is reused.
/// Cost: linear in nodes and edges that come after the change in the graph's order.
[[nodiscard]] Impact impact_of(const Facts& facts, const std::vector<NodeId>& changed);

/// If these files of what the pipeline fetches changed; paths from the top of the repository.
///
/// Follows the files through `subtree`, `glob` and `merge` as far as their arguments are known, so
/// that what reads another folder is left alone. Every fetched tree counts: a file is not tied to
/// one repository.
[[nodiscard]] Impact impact_of_files(const Facts& facts, const std::vector<std::string>& files);

/// The nodes that a line of the program wrote: `main.cpp:12`, `src/main.cpp:10-20`, `main.cpp`.
///
/// Fails: where no node was written there; names the nearest line that wrote one.
[[nodiscard]] Result<std::vector<NodeId>> written_at(const Facts& facts, std::string_view place);

[[nodiscard]] std::string to_text(const Facts& facts, const Impact& impact);
[[nodiscard]] std::string to_json(const Facts& facts, const Impact& impact);

}  // namespace oche
