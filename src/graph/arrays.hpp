// arrays.hpp - the flat arrays behind a Graph.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace oche::detail {

/// What the nodes that were written in one place have in common. [0] is the top level.
struct Place {
  std::uint32_t parent = 0;
  ScopeKind kind = ScopeKind::section;
  std::uint32_t what = 0;  ///< group, context node or template
  GroupId group = 0;
  TemplateId of_template = 0;
  std::uint32_t context_start = 0;  ///< in `GraphArrays::contexts`
  std::uint32_t context_count = 0;
};

/// Where a path is looked for: its node, and enough of its hash to leave others alone.
struct NameSlot {
  std::uint32_t tag = 0;
  NodeId node = no_node;

  static std::uint32_t tag_of(std::size_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
};

/// Paths of all nodes, and where each is found.
struct Names {
  std::string text;                     ///< the paths one after the other
  std::vector<std::size_t> starts;      ///< one more than nodes
  std::vector<std::uint64_t> meanings;  ///< by node
  std::vector<NameSlot> slots;          ///< open addressing
  std::vector<Group> groups;
  std::unordered_map<NodeId, std::string> command_titles;
};

struct GraphArrays {
  explicit GraphArrays(const AnyTerm& term) : root_term(term) {}

  AnyTerm root_term;  ///< keeps every node's term alive
  NodeId root = no_node;
  std::vector<const Node*> terms;
  std::vector<Kind> kinds;
  std::vector<std::uint32_t> places;  ///< by node, in `place_table`; empty where all are 0
  std::vector<std::uint32_t> input_starts;
  std::vector<NodeId> inputs;
  std::vector<std::uint32_t> reader_starts;
  std::vector<Reader> readers;
  std::vector<Place> place_table;
  std::vector<NodeId> contexts;
  std::vector<Group> groups;                           ///< without paths: those are in `names`
  std::vector<Template> templates;                     ///< expands ascend
  std::vector<std::pair<NodeId, const Node*>> merged;  ///< by node: the terms that became one

  mutable std::once_flag named;
  mutable Names names;

  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(kinds.size()); }
  [[nodiscard]] std::span<const NodeId> inputs_of(NodeId node) const {
    return {inputs.data() + input_starts[node], input_starts[node + 1] - input_starts[node]};
  }
  [[nodiscard]] std::span<const Reader> readers_of(NodeId node) const {
    return {readers.data() + reader_starts[node], reader_starts[node + 1] - reader_starts[node]};
  }
  [[nodiscard]] const Place& place(NodeId node) const {
    return place_table[places.empty() ? 0 : places[node]];
  }
};

/// Fills everything but readers, `Template::nodes` and names.
void compile(GraphArrays& graph, const Scope* within);
/// Makes equal nodes one.
void merge_equal(GraphArrays& graph);
/// Fills readers and `Template::nodes`, and gives back what was kept for more nodes than came.
void connect(GraphArrays& graph);
/// Fills names.
void name_all(const GraphArrays& graph, Names& names);

[[nodiscard]] inline bool is_list(Kind kind) {
  return kind == Kind::list_map || kind == Kind::list_iter || kind == Kind::option_map;
}

/// For mixing numbers into hashes that need not last.
[[nodiscard]] inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  a ^= b + 0x9e3779b97f4a7c15ull + (a << 6) + (a >> 2);
  a *= 0xff51afd7ed558ccdull;
  return a ^ (a >> 32);
}

}  // namespace oche::detail
