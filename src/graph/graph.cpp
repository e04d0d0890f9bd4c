// graph.cpp - what a Graph answers.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include <oche/graph/graph.hpp>

#include "graph/names.hpp"
#include <oche/term/step_payload.hpp>

#include <algorithm>

namespace oche {
namespace {

using detail::GraphArrays;
using detail::Names;

std::shared_ptr<const GraphArrays> compiled(const AnyTerm& term, const detail::Scope* within) {
  auto graph = std::make_shared<GraphArrays>(term);
  detail::compile(*graph, within);
  detail::merge_equal(*graph);
  detail::connect(*graph);
  return graph;
}

const Names& names_of(const GraphArrays& graph) {
  std::call_once(graph.named, [&] { detail::name_all(graph, graph.names); });
  return graph.names;
}

std::string_view path_in(const Names& names, NodeId node) {
  return std::string_view(names.text)
      .substr(names.starts[node], names.starts[node + 1] - names.starts[node]);
}

/// The first slot of a node whose path may hash to that, or an empty one.
std::size_t slot_from(const Names& names, std::size_t at, std::size_t hash) {
  const std::size_t mask = names.slots.size() - 1;
  const std::uint32_t tag = detail::NameSlot::tag_of(hash);
  for (;; ++at) {
    const detail::NameSlot& slot = names.slots[at & mask];
    if (slot.tag == tag || slot.node == no_node) return at & mask;
  }
}

/// `no_node` if no node has this path.
NodeId find_from(const Names& names, std::size_t at, std::size_t hash, std::string_view wanted) {
  for (;; ++at) {
    at = slot_from(names, at, hash);
    const NodeId node = names.slots[at].node;
    if (node == no_node || path_in(names, node) == wanted) return node;
  }
}

}  // namespace

Graph::Graph(const AnyTerm& term) : Graph(term, nullptr) {}
Graph::Graph(const AnyTerm& term, const detail::Scope* within) : arrays_(compiled(term, within)) {}

NodeId Graph::size() const { return arrays_->size(); }
NodeId Graph::root() const { return arrays_->root; }
Kind Graph::kind(NodeId node) const { return arrays_->kinds[node]; }
std::span<const NodeId> Graph::inputs(NodeId node) const { return arrays_->inputs_of(node); }

Edge Graph::edge(NodeId node, std::uint32_t position) const {
  switch (arrays_->kinds[node]) {
    case Kind::all:
    case Kind::advisory:
      return Edge::control;
    case Kind::gate:
    case Kind::list_iter:
      return position == 0 ? Edge::data : Edge::control;
    case Kind::only_if:
      return position == 0 ? Edge::control : Edge::data;
    default:
      return Edge::data;
  }
}

std::span<const Reader> Graph::readers(NodeId node) const { return arrays_->readers_of(node); }

std::span<const NodeId> Graph::contexts(NodeId node) const {
  const detail::Place& place = arrays_->place(node);
  return {arrays_->contexts.data() + place.context_start, place.context_count};
}

std::string_view Graph::label(NodeId node) const {
  return arrays_->kinds[node] == Kind::expand ? std::string_view() : arrays_->terms[node]->label();
}

std::string_view Graph::title(NodeId node) const {
  if (const std::string_view label = detail::own_label(*arrays_, node); !label.empty())
    return label;
  if (const auto label = detail::label_of_reader(*arrays_, node); !label.empty()) return label;
  if (arrays_->kinds[node] == Kind::step)
    return static_cast<const detail::StepPayload*>(arrays_->terms[node]->payload)->name;
  if (arrays_->kinds[node] == Kind::command) return names_of(*arrays_).command_titles.at(node);
  return name_of(arrays_->kinds[node]);
}

std::source_location Graph::where(NodeId node) const { return arrays_->terms[node]->where; }

std::vector<std::source_location> Graph::all_wheres(NodeId node) const {
  std::vector<std::source_location> result = {where(node)};
  const auto& merged = arrays_->merged;
  auto other = std::lower_bound(merged.begin(), merged.end(), node,
                                [](const auto& entry, NodeId key) { return entry.first < key; });
  const auto same_line = [](const std::source_location& a, const std::source_location& b) {
    return a.line() == b.line() && a.column() == b.column() &&
           std::string_view(a.file_name()) == b.file_name();
  };
  std::vector<std::source_location> more;
  for (; other != merged.end() && other->first == node; ++other)
    more.push_back(other->second->where);
  const auto order = [](const std::source_location& a, const std::source_location& b) {
    return std::tuple(std::string_view(a.file_name()), a.line(), a.column()) <
           std::tuple(std::string_view(b.file_name()), b.line(), b.column());
  };
  std::sort(more.begin(), more.end(), order);
  more.erase(std::unique(more.begin(), more.end(), same_line), more.end());
  for (const std::source_location& one : more)
    if (!same_line(one, result.front())) result.push_back(one);
  return result;
}

const detail::Node& Graph::term(NodeId node) const { return *arrays_->terms[node]; }

std::string_view Graph::path(NodeId node) const { return path_in(names_of(*arrays_), node); }

std::optional<NodeId> Graph::find(std::string_view wanted) const {
  const Names& names = names_of(*arrays_);
  const std::size_t hash = std::hash<std::string_view>()(wanted);
  const NodeId found = find_from(names, hash, hash, wanted);
  return found == no_node ? std::nullopt : std::optional(found);
}

namespace detail {

std::vector<NodeId> find_all(const Graph& graph, std::span<const std::string_view> paths) {
  const Names& names = names_of(graph.arrays());
  const std::size_t mask = names.slots.size() - 1;
  std::vector<NodeId> found;
  found.reserve(paths.size());
  constexpr std::size_t window = 32;
  std::size_t hashes[window] = {};
  std::size_t slots[window] = {};
  const auto node_in = [&](std::size_t slot) { return names.slots[slot].node; };
  for (std::size_t base = 0; base < paths.size(); base += window) {
    const auto now = paths.subspan(base, std::min(window, paths.size() - base));
    for (std::size_t i = 0; i < now.size(); ++i) {
      hashes[i] = std::hash<std::string_view>()(now[i]);
      __builtin_prefetch(&names.slots[hashes[i] & mask]);
    }
    for (std::size_t i = 0; i < now.size(); ++i) {
      slots[i] = slot_from(names, hashes[i], hashes[i]);
      if (node_in(slots[i]) != no_node) __builtin_prefetch(&names.starts[node_in(slots[i])]);
    }
    for (std::size_t i = 0; i < now.size(); ++i)
      if (node_in(slots[i]) != no_node)
        __builtin_prefetch(names.text.data() + names.starts[node_in(slots[i])]);
    for (std::size_t i = 0; i < now.size(); ++i)
      found.push_back(find_from(names, slots[i], hashes[i], now[i]));
  }
  return found;
}

}  // namespace detail

bool Graph::is_visible(NodeId node) const { return detail::is_visible(*arrays_, node); }
GroupId Graph::group(NodeId node) const { return arrays_->place(node).group; }
std::span<const Group> Graph::groups() const { return names_of(*arrays_).groups; }
TemplateId Graph::template_of(NodeId node) const { return arrays_->place(node).of_template; }
std::span<const Template> Graph::templates() const { return arrays_->templates; }

TemplateId Graph::owned_template(NodeId node) const {
  if (detail::is_list(arrays_->kinds[node])) node = arrays_->inputs_of(node)[0];
  if (arrays_->kinds[node] != Kind::expand) return 0;
  const auto& all = arrays_->templates;
  const auto found =
      std::lower_bound(all.begin() + 1, all.end(), node,
                       [](const Template& one, NodeId key) { return one.expand < key; });
  return static_cast<TemplateId>(found - all.begin());
}

std::uint64_t Graph::meaning(NodeId node) const { return names_of(*arrays_).meanings[node]; }

}  // namespace oche
