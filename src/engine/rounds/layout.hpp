// layout.hpp - what the rounds need to know of a graph beside the graph itself.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/cells.hpp"

#include <vector>

namespace oche::detail::rounds {

/// Nodes with so many inputs keep counts of their states instead of looking at all of them.
#ifdef OCHE_PLANTED_BUGS
inline constexpr std::uint32_t many_inputs = 3;  // so that small random pipelines have some
#else
inline constexpr std::uint32_t many_inputs = 16;
#endif

/// What it takes to call the function of a map, zip or collect. Nodes that one line made share it,
/// so that a sweep need not visit their terms, which lie anywhere.
struct Callee {
  const Type* type = nullptr;
  Call call = nullptr;
  bool is_stateless = false;  ///< any address does as its closure
  bool is_number = false;     ///< gives one whose bytes say whether two are equal
};

struct Layout {
  /// `root_value`: whether somebody reads the value of the graph's root.
  Layout(const Graph& graph, bool root_value);

  /// By node: its place among its template's nodes (top level: its number). Empty without
  /// templates.
  std::vector<std::uint32_t> place;
  /// By node: somebody reads its value, not only its success.
  std::vector<bool> needed;
  /// By template: nodes that own something beside their cell.
  std::vector<std::vector<NodeId>> special;
  /// By template: folds and approvals, which are remembered by their paths.
  std::vector<std::vector<NodeId>> remembered;
  /// By template: it has such a node, or a template or a hole in it may have.
  std::vector<bool> has_remembered;
  /// By template: steps and commands.
  std::vector<std::vector<NodeId>> steps;
  std::uint32_t holes = 0;  ///< how many nodes are holes
  /// By node, in `callees`; 0 for what has none, or where there are too many.
  std::vector<std::uint16_t> callee;
  std::vector<Callee> callees;

  [[nodiscard]] Callee callee_of(const Graph& graph, NodeId node) const;
};

[[nodiscard]] inline bool is_list(Kind kind) {
  return kind == Kind::list_map || kind == Kind::list_iter || kind == Kind::option_map;
}

/// The inputs whose states are combined: a gate's `x` is none of them.
[[nodiscard]] inline std::uint32_t first_combined(Kind kind) { return kind == Kind::gate ? 1 : 0; }
/// True if the node keeps counts of its inputs' states.
[[nodiscard]] bool is_wide(const Graph& graph, NodeId node);

}  // namespace oche::detail::rounds
