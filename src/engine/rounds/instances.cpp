// instances.cpp - the cells of items: made when one comes, freed after the round in which it went.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"
#include <oche/base/record.hpp>

namespace oche::detail::rounds {
namespace {

/// A free number of a list of sides.
template <class T>
std::uint32_t take(std::vector<std::unique_ptr<T>>& sides, std::vector<std::uint32_t>& free) {
  if (free.empty()) {
    sides.emplace_back();
    return static_cast<std::uint32_t>(sides.size() - 1);
  }
  const std::uint32_t id = free.back();
  free.pop_back();
  return id;
}

}  // namespace

InstanceId World::add_instance(RegionId region, TemplateId of, std::uint32_t width) {
  InstanceId in = 0;
  if (free_instances_.empty()) {
    in = instances.grow(1);
  } else {
    in = free_instances_.back();
    free_instances_.pop_back();
  }
  Instance& instance = instances[in];
  instance = Instance{};
  instance.region = region;
  instance.of = of;
  instance.is_live = true;
  std::vector<CellId>& runs = free_runs_[width];
  if (runs.empty()) {
    instance.base = cells.grow(width);
  } else {
    instance.base = runs.back();
    runs.pop_back();
  }
  for (std::uint32_t i = 0; i < width; ++i)
    cells[instance.base + i].owner = in;
  return in;
}

void World::make_sides(InstanceId in, TemplateId of) {
  const Region& region = region_of(in);
  for (const NodeId node : region.layout.special[of]) {
    Cell& cell = cells[cell_of(in, node)];
    if (!region.alias.empty() && !region.is_reached[node]) continue;
    switch (region.graph->kind(node)) {
      case Kind::expand:
        cell.side = add_list(in, node);
        break;
      case Kind::fold:
        cell.side = take(folds, free_folds_);
        folds[cell.side] = std::make_unique<FoldSide>();
        break;
      case Kind::dynamic:
        cell.side = take(holes, free_holes_);
        holes[cell.side] = std::make_unique<HoleSide>();
        break;
      default: {
        cell.side = take(tallies, free_tallies_);
        tallies[cell.side] = std::make_unique<Tally>();
        Tally& tally = *tallies[cell.side];
        const std::span<const NodeId> inputs = region.graph->inputs(node);
        const auto count = static_cast<std::uint32_t>(inputs.size());
        for (Bits& bits : tally.where)
          bits.resize(count);
        for (std::uint32_t i = first_combined(region.graph->kind(node)); i < count; ++i)
          tally.put(i, cells[source(in, inputs[i])].status());
      }
    }
  }
}

std::uint32_t World::add_list(InstanceId in, NodeId expand) {
  const std::uint32_t id = take(lists, free_lists_);
  const auto block_of = [](void* world, InstanceId item) -> std::uint32_t& {
    return static_cast<World*>(world)->instances[item].block;
  };
  lists[id] = std::make_unique<ListSide>(in, expand, region_of(in).graph->owned_template(expand),
                                         ItemOrder(block_of, this));
  return id;
}

InstanceId World::add_item(ListSide& list, const Type& type, const void* item, Value identity) {
  const RegionId region = instances[list.owner].region;
  const Template& of = regions[region]->graph->templates()[list.of];
  const InstanceId in = add_instance(region, list.of, static_cast<std::uint32_t>(of.nodes.size()));
  Instance& instance = instances[in];
  instance.parent = list.owner;
  instance.list = cells[cell_of(list.owner, list.expand)].side;
  instance.identity = std::move(identity);
  // Nobody has read it yet, so there is nobody to tell.
  Cell& cell = cells[cell_of(in, of.item)];
  cell.set(Verdict::ok(Value::copy_of(type, item)));
  cell.dirty = false;
  make_sides(in, list.of);
  change_step_count(in, list.of, true);
  list.table.insert(detail::hash(instance.identity.type(), instance.identity.data()), in);
  learn_name(list, in);
  return in;
}

void World::set_item(InstanceId in, const ListSide& list, const Type& type, const void* item) {
  const NodeId node = region_of(in).graph->templates()[list.of].item;
  const CellId id = cell_of(in, node);
  if (equal(type, cells[id].value().data(), item)) return;
  ListSide& own = *lists[instances[in].list];
  const bool has_remembered = region_of(in).layout.has_remembered[own.of];
  const std::string name = has_remembered ? raw_name(in) : std::string();
  forget_name(own, in);
  commit(region_of(in), in, node, id, Verdict::ok(Value::copy_of(type, item)));
  learn_name(own, in);
  if (has_remembered && raw_name(in) != name) forget_paths(in);
}

void World::remove_item(ListSide& list, InstanceId in) {
  forget_name(list, in);
  Instance& instance = instances[in];
  list.table.erase(detail::hash(instance.identity.type(), instance.identity.data()), in);
  if (instance.asks) unwant(body_of(in));
  instance.asks = false;
  change_step_count(in, list.of, false);
  dying_.push_back(in);
  if (is_planted(Bug::early_reuse)) free_instances();
}

void World::remove_items(ListSide& list) {
  std::vector<InstanceId> items;
  list.order.each(0, [&](InstanceId item) {
    items.push_back(item);
    return true;
  });
  list.order.splice(0, list.order.size(), {});
  for (const InstanceId item : items)
    remove_item(list, item);
  list.list = list.results = Value();
}

/// Cells keep their numbers until the round is over: somebody may still hold one.
void World::free_instances() {
  while (!dying_.empty() || !dying_regions_.empty()) {
    if (dying_.empty()) {
      end_region(dying_regions_.back());
      dying_regions_.pop_back();
      continue;
    }
    const InstanceId in = dying_.back();
    dying_.pop_back();
    free_sides(in);
    free_cells(in);
  }
  for (const RegionId region : ended_regions_) {
    regions[region].reset();
    free_regions_.push_back(region);
  }
  ended_regions_.clear();
}

void World::free_sides(InstanceId in) {
  const Region& region = region_of(in);
  for (const NodeId node : region.layout.special[instances[in].of]) {
    const std::uint32_t side = cells[cell_of(in, node)].side;
    if (side == nothing) continue;
    switch (region.graph->kind(node)) {
      case Kind::expand:
        lists[side]->order.each(0, [&](InstanceId item) {
          dying_.push_back(item);
          return true;
        });
        lists[side].reset();
        free_lists_.push_back(side);
        break;
      case Kind::fold:
        folds[side].reset();
        free_folds_.push_back(side);
        break;
      case Kind::dynamic:
        if (holes[side]->region != nothing) dying_regions_.push_back(holes[side]->region);
        holes[side].reset();
        free_holes_.push_back(side);
        break;
      default:
        tallies[side].reset();
        free_tallies_.push_back(side);
    }
  }
}

void World::free_cells(InstanceId in) {
  Instance& instance = instances[in];
  const Region& region = *regions[instance.region];
  const auto width = instance.of == 0
                         ? region.graph->size()
                         : static_cast<NodeId>(region.graph->templates()[instance.of].nodes.size());
  for (std::uint32_t i = 0; i < width; ++i)
    uncount(instance.base + i);
  for (std::uint32_t i = 0; i < width; ++i)
    cells[instance.base + i].reset(nothing);
  free_runs_[width].push_back(instance.base);
  instance.is_live = false;
  instance.identity = Value();
  free_instances_.push_back(in);
}

void World::change_step_count(InstanceId in, TemplateId of, bool more) {
  const Region& region = region_of(in);
  std::uint32_t count = 0;
  for (const NodeId node : region.layout.steps[of])
    if (region.alias.empty() || region.is_reached[node]) ++count;
  if (count == 0) return;
  // What holes are bounded by.
  for (Region* inside = regions[instances[in].region].get(); inside->hole != no_cell;
       inside = regions[instances[cells[inside->hole].owner].region].get())
    inside->steps = more ? inside->steps + count : inside->steps - count;
  if (more)
    for (const NodeId node : region.layout.steps[of])
      if (region.alias.empty() || region.is_reached[node]) count_new(cell_of(in, node), node);
}

void World::ask_again(std::vector<InstanceId> inside) {
  while (!inside.empty()) {
    const InstanceId in = inside.back();
    inside.pop_back();
    const Region& region = region_of(in);
    const TemplateId of = instances[in].of;
    for (const NodeId node : region.layout.steps[of])
      if (const Cell& cell = cells[cell_of(in, node)];
          cell.asked == Asked::yes && cell.status() == Status::active)
        mark(in, node);
    for (const NodeId node : region.layout.special[of]) {
      const std::uint32_t side = cells[cell_of(in, node)].side;
      if (side == nothing) continue;
      if (region.graph->kind(node) == Kind::expand)
        lists[side]->order.each(0, [&](InstanceId item) {
          inside.push_back(item);
          return true;
        });
      else if (region.graph->kind(node) == Kind::dynamic && holes[side]->region != nothing)
        inside.push_back(regions[holes[side]->region]->top);
    }
  }
}

}  // namespace oche::detail::rounds
