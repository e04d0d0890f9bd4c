// hole.cpp - evaluates what the function of a hole has built.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"
#include <oche/base/error.hpp>
#include <oche/term/scope.hpp>

#include <fmt/core.h>

// What a hole builds is a graph of its own, evaluated by a sweep of its own in the moment in which
// the hole is. Terms that the function captured are not evaluated twice: see alias.cpp. While the
// hole's input is not ok, what was built stays as it is and starts nothing, as the items of a list
// do.

namespace oche::detail::rounds {
namespace {

constexpr std::uint32_t deepest_hole = 32;

AnyTerm build(const Node& term, const void* value) {
  const Enter scope(term.scope);
  const auto& payload = *static_cast<const DynamicPayload*>(term.payload);
  alignas(AnyTerm) unsigned char room[sizeof(AnyTerm)];
  term.operation->call(payload.closure, &value, 1, room);
  AnyTerm* const made = std::launder(reinterpret_cast<AnyTerm*>(room));
  AnyTerm built = std::move(*made);
  made->~AnyTerm();
  return built;
}

}  // namespace

bool World::evaluate_dynamic(InstanceId in, NodeId node, CellId id, Verdict& verdict) {
  const Region& outer = region_of(in);
  HoleSide& hole = *holes[cells[id].side];
  verdict = copy(source(in, outer.graph->inputs(node)[0]));
  const bool is_ok = verdict.status == Status::ok;
  if (is_ok && !(hole.is_built && equal(hole.built_for, verdict.value)))
    fill_hole(in, node, id, verdict.value);
  if (is_ok)
    hole.is_known = true;
  else if (!hole.is_known)
    empty_hole(hole);
  const bool is_current = is_ok || !hole.is_known;
  const bool has_changed = std::exchange(hole.is_current, is_current) != is_current;
  if (hole.region == nothing) {
    if (is_ok) verdict = Verdict::failed(id, hole.error);
    return true;
  }
  Region& inner = *regions[hole.region];
  const CellId root = source(inner.top, inner.graph->root());
  inner.is_open = true;
  if (has_changed) ask_again({inner.top});
  if (!hole.asks && !hole.error) {
    hole.asks = true;
    want(root);
  }
  bool is_too_early = is_early(outer) || must_go_back(inner);
  if (!is_too_early) {
    sweep(hole.region);
    is_too_early = must_go_back(inner);
  }
  inner.is_open = false;
  if (is_too_early) return false;
  if (!hole.error)
    if (std::optional<Failure> broken = broken_bound(inner)) {
      hole.error = fail(id, node, std::move(*broken)).blame;
      hole.asks = false;
      unwant(root);  // in the same round: nothing has started
    }
  if (is_ok) verdict = hole.error ? Verdict::failed(id, hole.error) : copy(root);
  return true;
}

void World::fill_hole(InstanceId in, NodeId node, CellId id, const Value& value) {
  HoleSide& hole = *holes[cells[id].side];
  const Node& term = region_of(in).graph->term(node);
  const RegionId old = std::exchange(hole.region, nothing);
  const bool asked = std::exchange(hole.asks, false);
  hole.is_built = true;
  hole.built_for = value;
  hole.error = BlamePtr();
  try {
    if (region_of(in).depth >= deepest_hole)
      throw Error(Failure{.what = fmt::format("holes are nested more than {} deep", deepest_hole),
                          .hint = "a function that builds a hole for every value never ends; use "
                                  "list_map or fold"});
    hole.region = add_region(id, build(term, value ? value.data() : unit.data()), term.scope);
    // Before the old one is given up, so that what both read stays wanted all the time.
    Region& region = *regions[hole.region];
    region.is_open = true;
    hole.asks = true;
    want(source(region.top, region.graph->root()));
  } catch (...) {
    hole.error = fail_by_throw(id, node).blame;
  }
  if (old != nothing) drop_region(old, asked);
}

void World::empty_hole(HoleSide& hole) {
  const RegionId old = std::exchange(hole.region, nothing);
  const bool asked = std::exchange(hole.asks, false);
  hole.is_built = false;
  hole.error = BlamePtr();
  if (old != nothing) drop_region(old, asked);
}

RegionId World::add_region(CellId hole, const AnyTerm& term, const Scope* scope) {
  auto made = std::make_unique<Region>(Graph(term, scope));
  Region& region = *made;
  region.group = group_of(hole);
  region.hole = hole;
  region.depth = region_of(cells[hole].owner).depth + 1;
  find_aliases(region);
  find_reached(region);
  check_promises(region);
  order_after_aliases(region);
  RegionId id = 0;
  if (free_regions_.empty()) {
    id = static_cast<RegionId>(regions.size());
    regions.push_back(std::move(made));
  } else {
    id = free_regions_.back();
    free_regions_.pop_back();
    regions[id] = std::move(made);
  }
  open_region(id);
  enter_aliases(id);
  return id;
}

void World::open_region(RegionId id) {
  Region& region = *regions[id];
  const NodeId size = region.graph->size();
  region.dirty.resize(1);
  region.dirty[0].resize(size);
  const std::span<const Template> templates = region.graph->templates();
  region.waiting.resize(templates.size());
  for (std::size_t i = 1; i < templates.size(); ++i)
    region.waiting[i].resize(templates[i].nodes.size());
  region.top = add_instance(id, 0, size);
  region.base = instances[region.top].base;
  make_sides(region.top, 0);
  change_step_count(region.top, 0, true);
}

void World::drop_region(RegionId id, bool asked) {
  const Region& region = *regions[id];
  if (asked) unwant(source(region.top, region.graph->root()));
  for (Region* outside = &region_of(cells[region.hole].owner); outside->hole != no_cell;
       outside = &region_of(cells[outside->hole].owner))
    outside->steps -= region.steps;
  dying_regions_.push_back(id);
}

void World::end_region(RegionId id) {
  forget_aliases(id);
  node_index_.erase(regions[id]->graph);
  dying_.push_back(regions[id]->top);
  ended_regions_.push_back(id);
}

}  // namespace oche::detail::rounds
