// place_table.hpp - turns the chains of scopes that terms stand in into numbered places.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/arrays.hpp"
#include "graph/node_index.hpp"

#include <map>
#include <unordered_map>

namespace oche::detail {

/// Sections of one name in one place are one group; contexts differ by their node, items by their
/// template. Works link by link, so a chain of any length needs no recursion.
class PlaceTable {
 public:
  PlaceTable(GraphArrays& graph, const Scope* within);

  /// What `place_of` found: a place, or a context that has to be compiled before.
  struct Found {
    std::uint32_t place = 0;
    const Node* missing = nullptr;
  };
  /// Fails: throws oche::Error if `reader` stands in a template that this graph has not (yet).
  [[nodiscard]] Found place_of(const Node& reader, NodeIndex& seen) {
    if (reader.scope == last_scope_) return {last_place_, nullptr};
    return look_up(reader, seen);
  }
  /// A new template, whose list stands in `place`. Gives the place of its item.
  [[nodiscard]] std::uint32_t add_template(const Node& list, const Node& item, std::uint32_t place);

 private:
  Found look_up(const Node& reader, NodeIndex& seen);
  std::uint32_t add(const Scope& scope, std::uint32_t parent, NodeId context, const Node& reader);
  std::uint32_t section(std::uint32_t parent, const Scope& scope);
  std::uint32_t intern(const Place& place, NodeId context);
  [[nodiscard]] bool is_outside_hole(const Node& item) const;

  GraphArrays& graph_;
  const Scope* within_;
  const Scope* last_scope_ = nullptr;
  std::uint32_t last_place_ = 0;
  std::unordered_map<const Scope*, std::uint32_t> places_;
  std::map<std::pair<GroupId, std::string>, GroupId> sections_;
  std::unordered_map<std::uint64_t, std::uint32_t> known_[3];  ///< by kind: parent and what
  std::unordered_map<const Node*, std::uint32_t> items_;       ///< the place of each item
};

/// Fails: throws oche::Error that names the line of `node`, of its item and of its reader.
[[noreturn]] void refuse_outside(const Node& node, const Node& reader);

/// Appends a context to those of its parent, sharing their memory where it can.
void extend_contexts(std::vector<NodeId>& contexts, Place& place, NodeId context);

}  // namespace oche::detail
