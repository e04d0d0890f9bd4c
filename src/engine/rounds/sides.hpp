// sides.hpp - what lists, holes, folds and nodes with many inputs keep beside their cell.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/bits.hpp"
#include "engine/rounds/item_order.hpp"
#include "engine/rounds/item_table.hpp"
#include "engine/rounds/layout.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace oche::detail::rounds {

using RegionId = std::uint32_t;

/// One item of a list, or the top level of a region: a run of cells.
struct Instance {
  RegionId region = 0;
  TemplateId of = 0;  ///< 0: the top level
  CellId base = 0;
  InstanceId parent = nothing;    ///< of the list; nothing for a top level
  std::uint32_t list = nothing;   ///< that it is an item of
  std::uint32_t block = nothing;  ///< of the list's order
  std::uint32_t mark = 0;         ///< for one comparison of lists
  bool is_live = false;
  bool asks = false;  ///< the list asks for what is built for the item
  Value identity;     ///< the item, or what `by` takes of it
};

/// How many of a node's inputs are in which state, and where the bad ones are.
struct Tally {
  std::array<std::uint32_t, 4> count = {};  ///< ok, skipped, active, failed
  std::array<Bits, 3> where;                ///< skipped, active, failed

  static std::size_t index(Status status) {
    switch (status) {
      case Status::ok:
        return 0;
      case Status::skipped:
        return 1;
      case Status::failed:
        return 3;
      default:
        return 2;  // not evaluated yet: as if it were ready
    }
  }
  void put(std::uint32_t position, Status status) {
    const std::size_t at = index(status);
    ++count[at];
    if (at > 0) where[at - 1].set(position);
  }
  void move(std::uint32_t position, Status was, Status now) {
    const std::size_t before = index(was);
    const std::size_t after = index(now);
    if (before == after) return;
    --count[before];
    ++count[after];
    if (before > 0) where[before - 1].clear(position);
    if (after > 0) where[after - 1].set(position);
  }
};

/// The names of a list's items, made when somebody first asks for a path in it,
/// before clashes are resolved.
struct ItemNames {
  std::unordered_map<std::string, std::vector<InstanceId>> by_name;
  std::unordered_map<InstanceId, std::string> of;
};

/// The instances of one list (or option) in one instance of its surroundings.
struct ListSide {
  ListSide(InstanceId owner_instance, NodeId expand_node, TemplateId owned, ItemOrder item_order)
      : owner(owner_instance), expand(expand_node), of(owned), order(std::move(item_order)) {}
  InstanceId owner;
  NodeId expand;
  TemplateId of;
  bool is_known = false;     ///< has been ok since it is wanted
  bool is_current = true;    ///< is ok now, or is not known
  bool asks = false;         ///< for what is built for its items
  bool has_doubles = false;  ///< an item stands in it more than once
  Value list;                ///< the last good one; what the items are for, known or not
  ItemOrder order;
  ItemTable table;
  Value results;  ///< of a list_map: the vector that was made last, see list_results.cpp
  std::unique_ptr<ItemNames> names;
};

struct FoldSide {
  bool is_loaded = false;
  bool is_pending = false;  ///< `next` is to be stored when the round ends
  Value state, last;        ///< as stored; `last` is empty at first
  Value next_state, next_last;
};

/// What a hole has built.
struct HoleSide {
  bool is_built = false;   ///< for `built_for`
  bool is_known = false;   ///< its input has been ok since it is wanted
  bool is_current = true;  ///< its input is ok now, or is not known
  bool asks = false;       ///< for the root of its region
  Value built_for;
  RegionId region = nothing;
  BlamePtr error;  ///< its function threw, or broke its contract
};

/// Instances that are to be evaluated at one node.
struct Waiting {
  std::vector<InstanceId> instances;
  std::size_t next = 0;
};

/// Where a node stands in the order of evaluation: its level, then its number. See order.cpp.
using Position = std::uint64_t;
inline constexpr Position nowhere = ~Position{0};

/// One graph being evaluated: the pipeline, or what a hole has built.
struct Region {
  Region(const Graph& of, bool root_value) : graph(&of), layout(of, root_value) {}
  explicit Region(Graph&& built) : own(std::move(built)), graph(&*own), layout(*graph, true) {}
  std::optional<Graph> own;  ///< of a hole
  const Graph* graph;
  Layout layout;
  InstanceId top = 0;
  CellId base = 0;
  std::vector<Bits> dirty;            ///< by level: nodes that are to be evaluated
  Position cursor = nowhere;          ///< nothing before it is
  Position current = nowhere;         ///< being evaluated
  std::vector<std::uint32_t> levels;  ///< by node; empty while all are 0
  /// By node: the holes of this graph that read it ahead of their number.
  std::unordered_map<NodeId, std::vector<NodeId>> read_by_holes;
  /// No templates, and nothing stands for something outside: a node's cell is found by adding.
  [[nodiscard]] bool is_flat() const { return layout.place.empty() && alias.empty(); }
  [[nodiscard]] Position position(NodeId node) const {
    return levels.empty() ? node : Position{levels[node]} << 32 | node;
  }
  std::vector<std::vector<Waiting>> waiting;  ///< by template and place; [0] is empty

  // Of what a hole has built:
  CellId hole = no_cell;
  GroupId group = 0;     ///< of the outermost hole, in the pipeline's graph
  bool is_open = false;  ///< the hole is being evaluated
  std::uint32_t depth = 0;
  std::vector<CellId> alias;     ///< by node: the cell outside that it stands for
  std::vector<bool> is_reached;  ///< by node: without passing an alias
  std::uint32_t steps = 0;       ///< live ones, those of inner holes included
};

}  // namespace oche::detail::rounds
