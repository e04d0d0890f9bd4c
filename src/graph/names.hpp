// names.hpp - what nodes are called, alone and in the whole graph.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/arrays.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// The same on every machine and in every build.
[[nodiscard]] std::uint64_t lasting_hash(std::string_view text);

/// By node: kind, label, payload and inputs in one number; not where it stands.
[[nodiscard]] std::vector<std::uint64_t> meanings_of(const GraphArrays& graph);

/// The labels of an `all`'s inputs; null if it has none.
[[nodiscard]] const std::vector<std::string>* all_labels(const GraphArrays& graph, NodeId node);
/// The label that an `all` gives this node (the first in alphabetical order), or nothing.
[[nodiscard]] std::string_view label_of_reader(const GraphArrays& graph, NodeId node);
[[nodiscard]] bool is_visible(const GraphArrays& graph, NodeId node);
/// Own label, the label of a step or command; empty if there is none.
[[nodiscard]] std::string_view own_label(const GraphArrays& graph, NodeId node);
/// `exec flake8`; with `-` for a path.
[[nodiscard]] std::string command_title(const Node& command, char between);
/// The last part of a path before clashes are resolved.
[[nodiscard]] std::string short_name(const GraphArrays& graph, NodeId node);
/// What a template's list is called; may be empty.
[[nodiscard]] std::string list_name(const GraphArrays& graph, TemplateId one);

/// The node of each path, `no_node` where there is none: as Graph::find, but the memory is asked
/// for what many paths need before it is waited for.
[[nodiscard]] std::vector<NodeId> find_all(const Graph& graph,
                                           std::span<const std::string_view> paths);

/// A label made fit for a path: valid UTF-8 without control characters, quotes or backslashes, of
/// at most 80 bytes, and no star that could be taken for an item.
[[nodiscard]] std::string clean(std::string_view label);

}  // namespace oche::detail
