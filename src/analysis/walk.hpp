// walk.hpp - along the edges of a graph: what a node needs, and what needs it.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/node_set.hpp"
#include <oche/graph/graph.hpp>

#include <optional>
#include <vector>

namespace oche::detail {

/// Stands in a template and reads nothing else of it: there, it begins with the list itself.
[[nodiscard]] bool begins_in_template(const Graph& graph, NodeId node);

/// Every node that `node` needs: its inputs, and where it begins in a template the list, without
/// whose items it would not be there. Their ids are smaller.
template <class F>
void for_each_need(const Graph& graph, NodeId node, F f) {
  for (const NodeId input : graph.inputs(node))
    f(input);
  if (begins_in_template(graph, node)) f(graph.templates()[graph.template_of(node)].expand);
}

/// The other way round; a node is named as often as it reads.
template <class F>
void for_each_user(const Graph& graph, NodeId node, F f) {
  for (const Reader& reader : graph.readers(node))
    f(reader.node);
  if (graph.kind(node) != Kind::expand) return;
  for (const NodeId inner : graph.templates()[graph.owned_template(node)].nodes)
    if (begins_in_template(graph, inner)) f(inner);
}

enum class Along : bool { needs, users };

/// Everything that can be reached, the start included; no further than `most` visible nodes away,
/// and only within `within` if that is given. Cost: linear in what is reached.
[[nodiscard]] NodeSet reachable(const Graph& graph, const NodeSet& start, Along along,
                                std::optional<std::uint32_t> most = {},
                                const NodeSet* within = nullptr);

/// The nodes of a path of fewest edges from one of `from` along needs to one of `to`; empty if
/// there is none. In the order of the path.
[[nodiscard]] std::vector<NodeId> path_between(const Graph& graph, const NodeSet& from,
                                               const NodeSet& to);

}  // namespace oche::detail
