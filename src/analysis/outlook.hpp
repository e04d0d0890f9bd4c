// outlook.hpp - how much is still to be done from each step on, to choose what goes first.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>
#include <oche/term/step_options.hpp>

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace oche::detail {

/// What the scheduler is told of a graph: the engine while it runs, and a forecast before.
///
/// A step takes what it usually does; one that nobody knows, as long as the longest that is known,
/// or a second if none is: what is new is begun early rather than late. A template's step takes
/// what the slowest of its known instances does.
/// Cost: linear in nodes and edges, and one look-up for each duration. Threads: may be read from
/// any.
class Outlook {
 public:
  /// How long steps usually take, by path.
  using Times = std::vector<std::pair<std::string_view, Duration>>;

  Outlook(const Graph& graph, const Times& usual);
  /// `usual` is by node, negative where that is not known. Requires: a graph without lists.
  [[nodiscard]] static Outlook of_nodes(const Graph& graph, std::vector<Duration> usual);

  /// Of this step: its own time, and the longest path behind it if everything runs that could.
  /// `path`: that of the instance.
  [[nodiscard]] Duration remaining(NodeId step, std::string_view path) const;
  /// Of a step that a hole has built, whose path nobody can know before.
  [[nodiscard]] Duration remaining_in(NodeId hole) const;

 private:
  Outlook() = default;
  void find_times(const Graph& graph, const Times& usual);
  void fill_times(const Graph& graph);
  void find_remaining(const Graph& graph);

  Duration unknown_{};               ///< of a step that nobody knows
  std::vector<Duration> remaining_;  ///< by node
  /// Of templates' steps: what the node is taken to need, and what its instances do.
  std::unordered_map<NodeId, Duration> of_template_;
  std::map<std::string, Duration, std::less<>> of_instance_;
};

}  // namespace oche::detail
