// find.cpp - the cell of a path, and all instances.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {
namespace {

std::string joined(std::string_view a, std::string_view b) {
  if (a.empty()) return std::string(b);
  return std::string(a) + "/" + std::string(b);
}

}  // namespace

std::optional<CellId> World::find(std::string_view path) const {
  std::vector<InstanceId> left{regions[0]->top};
  while (!left.empty()) {
    const InstanceId in = left.back();
    left.pop_back();
    const Region& region = region_of(in);
    const Graph& of = *region.graph;
    const TemplateId own = instances[in].of;
    const Prefix prefix = prefix_of(in);
    std::string_view rest = path;
    if (!prefix.named.empty()) {
      if (!rest.starts_with(prefix.named)) continue;
      rest.remove_prefix(prefix.named.size());
      if (!rest.starts_with('/')) continue;
      rest.remove_prefix(1);
    }
    const std::optional<NodeId> node = of.find(joined(prefix.plain, rest));
    if (node && of.template_of(*node) == own && (region.alias.empty() || region.is_reached[*node]))
      return cell_of(in, *node);
    for (const NodeId special : region.layout.special[own]) {
      const CellId id = cell_of(in, special);
      const std::uint32_t side = cells[id].side;
      if (side == nothing) continue;
      if (of.kind(special) == Kind::dynamic && holes[side]->region != nothing) {
        left.push_back(regions[holes[side]->region]->top);
      } else if (of.kind(special) == Kind::expand) {
        ListSide& list = *lists[side];
        std::string_view star = of.groups()[of.templates()[list.of].group].path;
        star.remove_suffix(1);
        const std::string full = joined(prefix.plain, rest);
        if (!std::string_view(full).starts_with(star)) continue;
        const std::string_view name = std::string_view(full).substr(star.size());
        if (const InstanceId item = named_item(list, name.substr(0, name.find('/')));
            item != nothing)
          left.push_back(item);
      }
    }
  }
  return std::nullopt;
}

std::vector<InstanceId> World::all_instances() const {
  std::vector<InstanceId> found{regions[0]->top};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const InstanceId in = found[i];
    const Region& region = region_of(in);
    for (const NodeId node : region.layout.special[instances[in].of]) {
      const std::uint32_t side = cells[cell_of(in, node)].side;
      if (side == nothing) continue;
      if (region.graph->kind(node) == Kind::expand)
        lists[side]->order.each(0, [&](InstanceId item) {
          found.push_back(item);
          return true;
        });
      else if (region.graph->kind(node) == Kind::dynamic && holes[side]->region != nothing)
        found.push_back(regions[holes[side]->region]->top);
    }
  }
  return found;
}

std::vector<CellId> World::steps() const {
  std::vector<CellId> found;
  for (const InstanceId in : all_instances()) {
    const Region& region = region_of(in);
    for (const NodeId node : region.layout.steps[instances[in].of])
      if (region.alias.empty() || region.is_reached[node]) found.push_back(cell_of(in, node));
  }
  return found;
}

std::vector<CellId> World::live() const {
  std::vector<CellId> found;
  for (const InstanceId in : all_instances()) {
    const Region& region = region_of(in);
    const TemplateId own = instances[in].of;
    const auto add = [&](NodeId node) {
      if (region.alias.empty() || region.is_reached[node]) found.push_back(cell_of(in, node));
    };
    if (own != 0) {
      for (const NodeId node : region.graph->templates()[own].nodes)
        add(node);
      continue;
    }
    for (NodeId node = 0; node < region.graph->size(); ++node)
      if (region.layout.place.empty() || region.graph->template_of(node) == 0) add(node);
  }
  return found;
}

}  // namespace oche::detail::rounds
