// sweep.cpp - one round: evaluates what is dirty, in the order of the graph.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

#include <cassert>

namespace oche::detail::rounds {

namespace {

/// What is evaluated next most often stands beside it, but the functions' captures lie wherever
/// their terms were made: after a long life of the heap a sweep would wait for each of them.
void fetch_ahead(const GraphArrays& of, NodeId node) {
  constexpr NodeId terms = 24;
  constexpr NodeId captures = 12;
  if (terms >= of.size() - node) return;
  __builtin_prefetch(&of.terms[node + terms]->payload);
  __builtin_prefetch(of.terms[node + captures]->payload);
}

}  // namespace

void World::advance() {
  changed.clear();
  evaluated.clear();
  const CellId root = graph.root();
  if (root_is_wanted_ && !root_asks_) want(root);
  if (!root_is_wanted_ && root_asks_) unwant(root);
  root_asks_ = root_is_wanted_;
  sweep(0);
  end_unwanted();
  store_folds();
  free_instances();
  count_states();
  give_back();
}

/// A round that changes everything should not be remembered by its memory.
void World::give_back() {
  const auto fit = [](auto& list) {
    constexpr std::size_t little = 4096;
    if (list.capacity() > little && list.size() < list.capacity() / 8) list.shrink_to_fit();
  };
  fit(changed);
  fit(gaining_);
  fit(losing_);
  fit(unwanted_);
}

bool World::is_quiet() const {
  return root_is_wanted_ == root_asks_ && regions[0]->cursor == nowhere;
}

void World::want_root(bool wanted) { root_is_wanted_ = wanted; }

void World::touch(CellId id) {
  if (is_alive(id)) mark(id);
}

void World::sweep(RegionId id) {
  Region& region = *regions[id];
  while (region.cursor != nowhere) {
    const std::size_t level = region.cursor >> 32;
    const NodeId node = region.dirty[level].next(static_cast<NodeId>(region.cursor));
    if (node == Bits::none) {
      const bool is_last = level + 1 == region.dirty.size();
      region.cursor = is_last ? nowhere : Position{level + 1} << 32;
      continue;
    }
    region.cursor = region.current = region.position(node);
    const TemplateId of = region.layout.place.empty() ? 0 : region.graph->template_of(node);
    if (of == 0) {
      const CellId cell = region.base + node;
      fetch_ahead(region.graph->arrays(), node);
      evaluate(region, region.top, node, cell);
      // Only now: its readers stand near it, and a word that stays filled is all that changes.
      if (!cells[cell].queued) region.dirty[level].clear(node);
    } else {
      Waiting& waiting = region.waiting[of][region.layout.place[node]];
      if (waiting.next == waiting.instances.size()) {
        waiting.instances.clear();
        waiting.next = 0;
        region.dirty[level].clear(node);
        continue;
      }
      const InstanceId in = waiting.instances[waiting.next++];
      if (!instances[in].is_live) continue;
      evaluate(region, in, node, cell_of(in, node));
    }
    if (region.hole != no_cell && must_go_back(region)) return;
  }
  region.current = nowhere;
}

bool World::is_early(const Region& region) const {
  if (is_planted(Bug::early_read)) return false;
  return region.cursor < region.current || must_go_back(region);
}

bool World::must_go_back(const Region& region) const {
  for (const Region* inner = &region; inner->hole != no_cell;) {
    const Region& outer = region_of(cells[inner->hole].owner);
    // There is more to do before the hole, or the hole itself has to come later.
    if (outer.cursor < outer.current || outer.position(node_of(inner->hole)) != outer.current)
      return true;
    inner = &outer;
  }
  return false;
}

void World::evaluate(Region& region, InstanceId in, NodeId node, CellId id) {
  Cell& cell = cells[id];
  cell.queued = false;
  if (!is_asked_for(cell) || !cell.dirty) return;
  cell.dirty = false;
#ifndef NDEBUG
  // Keeps E1: what it reads has settled.
  for (const NodeId input : region.graph->inputs(node))
    assert(region.graph->template_of(input) > instances[in].of || !cells[source(in, input)].queued);
#endif
  if (renew(region, in, node, id)) {
    if (options.trace) evaluated.push_back(id);
    return;
  }
  Verdict verdict;
  if (!evaluate(region, in, node, id, verdict)) {
    mark(id);
    return;
  }
  if (options.trace) evaluated.push_back(id);
  commit(region, in, node, id, std::move(verdict));
}

bool World::evaluate(const Region& region, InstanceId in, NodeId node, CellId id,
                     Verdict& verdict) {
  switch (region.graph->arrays().kinds[node]) {
    case Kind::constant:
    case Kind::failed:
    case Kind::pending:
      verdict = evaluate_constant(in, node, id);
      return true;
    case Kind::input:
      verdict = evaluate_input(in, node, id);
      return true;
    case Kind::map:
    case Kind::zip:
    case Kind::collect:
      verdict = evaluate_call(region, in, node, id);
      return true;
    case Kind::map_error:
      verdict = evaluate_map_error(in, node, id);
      return true;
    case Kind::all:
      verdict = evaluate_all(in, node, id);
      return true;
    case Kind::gate:
      verdict = evaluate_gate(in, node, id);
      return true;
    case Kind::only_if:
      return evaluate_only_if(in, node, id, verdict);
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      verdict = evaluate_list(in, node, id);
      return true;
    case Kind::item:
      verdict = copy(id);
      return true;
    case Kind::expand:
      verdict = evaluate_expand(in, node, id);
      return true;
    case Kind::attempt:
      verdict = evaluate_attempt(in, node, id);
      return true;
    case Kind::state_of:
      verdict = evaluate_state_of(in, node, id);
      return true;
    case Kind::or_else:
      return evaluate_or_else(in, node, id, verdict);
    case Kind::advisory:
      verdict = evaluate_advisory(in, node, id);
      return true;
    case Kind::approve:
      verdict = evaluate_approve(in, node, id);
      return true;
    case Kind::fold:
      verdict = evaluate_fold(in, node, id);
      return true;
    case Kind::dynamic:
      return evaluate_dynamic(in, node, id, verdict);
    case Kind::step:
    case Kind::command:
      verdict = evaluate_job(in, node, id);
      return true;
  }
  return true;
}

}  // namespace oche::detail::rounds
