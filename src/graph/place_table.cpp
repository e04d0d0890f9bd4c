// place_table.cpp - turns the chains of scopes that terms stand in into numbered places.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/place_table.hpp"

namespace oche::detail {

PlaceTable::PlaceTable(GraphArrays& graph, const Scope* within) : graph_(graph), within_(within) {
  graph_.place_table.emplace_back();
  graph_.groups.emplace_back();
  graph_.templates.emplace_back();
  places_[nullptr] = 0;
}

PlaceTable::Found PlaceTable::look_up(const Node& reader, NodeIndex& seen) {
  std::vector<const Scope*> chain;  // from the inside out, those that are new
  const Scope* scope = reader.scope;
  auto known = places_.find(scope);
  while (known == places_.end()) {
    chain.push_back(scope);
    scope = scope->parent;
    known = places_.find(scope);
  }
  std::uint32_t place = known->second;
  for (; !chain.empty(); chain.pop_back()) {
    const Scope& link = *chain.back();
    NodeId context = no_node;
    if (link.kind == ScopeKind::context) {
      context = seen.at(link.node);
      if (context == no_node) return {0, link.node};
    }
    place = add(link, place, context, reader);
  }
  last_scope_ = reader.scope;
  last_place_ = place;
  return {place, nullptr};
}

std::uint32_t PlaceTable::add(const Scope& scope, std::uint32_t parent, NodeId context,
                              const Node& reader) {
  std::uint32_t place = parent;
  if (scope.kind == ScopeKind::section) {
    place = section(parent, scope);
  } else if (scope.kind == ScopeKind::context) {
    Place made = graph_.place_table[parent];
    made.parent = parent;
    made.kind = ScopeKind::context;
    made.what = context;
    place = intern(made, context);
  } else if (auto item = items_.find(scope.node); item != items_.end()) {
    place = item->second;
  } else if (!is_outside_hole(*scope.node)) {
    refuse_outside(reader, reader);
  }
  places_[&scope] = place;
  return place;
}

std::uint32_t PlaceTable::section(std::uint32_t parent, const Scope& scope) {
  Place made = graph_.place_table[parent];
  const auto [at, is_new] = sections_.try_emplace({made.group, scope.name}, GroupId{});
  if (is_new) {
    at->second = static_cast<GroupId>(graph_.groups.size());
    graph_.groups.push_back({made.group, 0, scope.name, {}, scope.where});
  }
  made.parent = parent;
  made.kind = ScopeKind::section;
  made.what = made.group = at->second;
  return intern(made, no_node);
}

std::uint32_t PlaceTable::intern(const Place& place, NodeId context) {
  const std::uint64_t key = std::uint64_t{place.parent} << 32 | place.what;
  auto& known = known_[static_cast<std::size_t>(place.kind)];
  const auto [at, is_new] =
      known.try_emplace(key, static_cast<std::uint32_t>(graph_.place_table.size()));
  if (is_new) {
    graph_.place_table.push_back(place);
    if (context != no_node) extend_contexts(graph_.contexts, graph_.place_table.back(), context);
  }
  return at->second;
}

std::uint32_t PlaceTable::add_template(const Node& list, const Node& item, std::uint32_t place) {
  Place made = graph_.place_table[place];
  Template added;
  added.parent = made.of_template;
  added.group = static_cast<GroupId>(graph_.groups.size());
  const auto id = static_cast<TemplateId>(graph_.templates.size());
  graph_.groups.push_back({made.group, id, {}, {}, list.where});
  graph_.templates.push_back(std::move(added));
  made.parent = place;
  made.kind = ScopeKind::item;
  made.what = made.of_template = id;
  made.group = graph_.templates.back().group;
  const std::uint32_t inside = intern(made, no_node);
  items_[&item] = inside;
  return inside;
}

bool PlaceTable::is_outside_hole(const Node& item) const {
  const Scope* link = within_ == nullptr ? nullptr : within_->item_scope;
  for (; link != nullptr; link = link->parent == nullptr ? nullptr : link->parent->item_scope)
    if (link->node == &item) return true;
  return false;
}

void extend_contexts(std::vector<NodeId>& contexts, Place& place, NodeId context) {
  // A chain of contexts shares one run of numbers; only a branch copies what it has in common.
  if (place.context_count == 0) place.context_start = static_cast<std::uint32_t>(contexts.size());
  const std::size_t end = place.context_start + std::size_t{place.context_count};
  if (end != contexts.size()) {
    const std::size_t start = place.context_start;
    place.context_start = static_cast<std::uint32_t>(contexts.size());
    contexts.reserve(contexts.size() + place.context_count + 1);
    for (std::size_t i = start; i < end; ++i)
      contexts.push_back(contexts[i]);
  }
  contexts.push_back(context);
  ++place.context_count;
}

}  // namespace oche::detail
