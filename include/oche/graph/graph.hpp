// graph.hpp - a term compiled to flat arrays.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/node.hpp>
#include <oche/term/scope.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// A node of a Graph: its place in one topological order, inputs first.
using NodeId = std::uint32_t;
/// A section, or the group of an item; 0 is the whole pipeline.
using GroupId = std::uint32_t;
/// A template; 0 is what belongs to none.
using TemplateId = std::uint32_t;
inline constexpr NodeId no_node = ~NodeId{0};

namespace detail {
struct GraphArrays;
}

/// Why an edge is there.
enum class Edge : std::uint8_t {
  data,     ///< bytes flow
  control,  ///< order and success only
  context,  ///< drawing only; never in `inputs()`
};

/// Who reads a node, and as which input.
struct Reader {
  NodeId node;
  std::uint32_t position;
};

/// A template: what is done for each item of a list.
struct Template {
  TemplateId parent = 0;
  GroupId group = 0;          ///< the group of its item, `platforms/*`
  NodeId expand = no_node;    ///< reads the list, owns the instances; in the parent
  NodeId item = no_node;      ///< the symbolic item; in the template
  NodeId body = no_node;      ///< what the function returned; may stand in an outer template
  NodeId collect = no_node;   ///< the list_map, list_iter or option_map; in the parent
  std::vector<NodeId> nodes;  ///< the template's own nodes, in order
};

/// A named part of the picture.
///
/// An item's group is called as its list (`platforms`), and its path ends in the item's star
/// (`platforms/*`).
struct Group {
  GroupId parent = 0;
  TemplateId item_of = 0;  ///< the template whose item's group it is; 0 for a section
  std::string name;
  std::string path;  ///< unique among groups
  std::source_location where;
};

/// A term compiled once, without recursion, into flat arrays; immutable.
///
/// Nodes stand in topological order (G1): an input's id is smaller than its reader's. A template's
/// nodes stand inline, between its `expand` and its `collect`. Equal nodes are one node.
/// Cost: linear in nodes and edges. Threads: may be read from any.
/// Fails: throws oche::Error where an item is used outside its template.
class Graph {
 public:
  explicit Graph(const AnyTerm& term);
  /// For what a hole built: items of the templates around `within` count as top level, where they
  /// are nodes of kind `item` that belong to no template.
  Graph(const AnyTerm& term, const detail::Scope* within);

  [[nodiscard]] NodeId size() const;
  [[nodiscard]] NodeId root() const;

  [[nodiscard]] Kind kind(NodeId node) const;
  /// In the order of the call. A list has [expand, body]; an item has none; an expand [list].
  [[nodiscard]] std::span<const NodeId> inputs(NodeId node) const;
  /// Control: an `all`'s inputs, a gate's controls, the condition of `only_if`, the body of a
  /// `list_iter`, what `advisory` looks at. Data: everything else.
  [[nodiscard]] Edge edge(NodeId node, std::uint32_t position) const;
  [[nodiscard]] std::span<const Reader> readers(NodeId node) const;
  /// The terms in whose `with_context` the node was written, outermost first, as nodes of this
  /// graph.
  [[nodiscard]] std::span<const NodeId> contexts(NodeId node) const;
  [[nodiscard]] std::string_view label(NodeId node) const;
  /// What a person calls the node: its label, the one that an `all` gives it, a step's name, a
  /// command's operation and program, else the kind.
  [[nodiscard]] std::string_view title(NodeId node) const;
  /// The line that wrote the node first, and all of them where equal nodes became one.
  [[nodiscard]] std::source_location where(NodeId node) const;
  [[nodiscard]] std::vector<std::source_location> all_wheres(NodeId node) const;
  /// The term's node, for payloads; of an expand the list's. Lives as long as the graph.
  [[nodiscard]] const detail::Node& term(NodeId node) const;

  /// Readable, unique in the graph, the same in every run (`linux/gcc-12/test`; in a template the
  /// item is `*`). Computed for all nodes at first use. Threads: safe.
  [[nodiscard]] std::string_view path(NodeId node) const;
  [[nodiscard]] std::optional<NodeId> find(std::string_view path) const;
  /// True for what `path` names in diagrams, on the command line and in history: steps, commands,
  /// inputs, approvals, folds, holes, and everything with a label of its own.
  [[nodiscard]] bool is_visible(NodeId node) const;

  [[nodiscard]] GroupId group(NodeId node) const;
  [[nodiscard]] std::span<const Group> groups() const;  ///< [0] is the whole pipeline
  [[nodiscard]] TemplateId template_of(NodeId node) const;
  [[nodiscard]] std::span<const Template> templates() const;  ///< [0] has only `nodes` left empty
  /// The template that an expand or a list node owns.
  [[nodiscard]] TemplateId owned_template(NodeId node) const;

  /// Equal for nodes that mean the same, in every run and build; not for those that only look
  /// alike. Bodies of functions, and source lines, are no part of it.
  [[nodiscard]] std::uint64_t meaning(NodeId node) const;

  /// For the engine, which walks through them.
  [[nodiscard]] const detail::GraphArrays& arrays() const { return *arrays_; }

 private:
  std::shared_ptr<const detail::GraphArrays> arrays_;
};

}  // namespace oche
