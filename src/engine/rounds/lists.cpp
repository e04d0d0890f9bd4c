// lists.cpp - what becomes of a list: of its items' outcomes, one.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/group_failures.hpp"
#include "engine/rounds/world.hpp"
#include <oche/base/record.hpp>

namespace oche::detail::rounds {

InstanceId World::find_item(const ListSide& list, const Value& identity) const {
  return list.table.find(detail::hash(identity.type(), identity.data()),
                         [&](InstanceId one) { return equal(instances[one].identity, identity); });
}

bool World::has_outer_body(const ListSide& list) const {
  const Graph& of = *region_of(list.owner).graph;
  return of.template_of(of.templates()[list.of].body) != list.of;
}

CellId World::body_of(InstanceId item) const {
  return source(item, region_of(item).graph->templates()[instances[item].of].body);
}

Verdict World::evaluate_list(InstanceId in, NodeId node, CellId id) {
  const Region& region = region_of(in);
  const Graph& of = *region.graph;
  const CellId expand = source(in, of.inputs(node)[0]);
  if (cells[expand].status() != Status::ok) return copy(expand);
  ListSide& list = *lists[cells[expand].side];
  const bool is_iter = of.kind(node) == Kind::list_iter;
  Verdict verdict;
  if (is_blocked_by_items(list, in, node, is_iter, verdict)) return verdict;
  if (is_iter || !region.layout.needed[node]) return Verdict::ok(unit);
  return results_of(list, node, id);
}

bool World::is_blocked_by_items(const ListSide& list, InstanceId in, NodeId node, bool is_iter,
                                Verdict& verdict) const {
  const ItemOrder& order = list.order;
  std::vector<InstanceId> failed;
  if (has_outer_body(list)) {
    // All items have one outcome.
    if (order.size() == 0) return false;
    verdict = copy(source(in, region_of(in).graph->inputs(node)[1]));
    if (verdict.status == Status::failed)
      order.each(0, [&](InstanceId one) {
        failed.push_back(one);
        return failed.size() < most_causes;
      });
    else
      return verdict.status != Status::ok;
  } else if (order.count(Status::failed) != 0) {
    std::vector<CellId> bodies;
    order.each_of(Status::failed, [&](InstanceId one) {
      failed.push_back(one);
      bodies.push_back(body_of(one));
      return failed.size() < most_causes;
    });
    verdict = merge(bodies, order.count(Status::failed));
  } else {
    const auto first = [&](Status status) {
      CellId body = no_cell;
      order.each_of(status, [&](InstanceId one) {
        body = body_of(one);
        return false;
      });
      return copy(body);
    };
    const std::uint32_t skipped = order.count(Status::skipped);
    if (order.count(Status::active) != 0)
      verdict = first(Status::active);
    else if (skipped != 0 && (!is_iter || skipped == order.size()))
      verdict = first(Status::skipped);
    else
      return false;
    return true;
  }
  if (is_iter) {
    GroupedFailures grouped;
    for (const InstanceId one : failed)
      grouped.add(item_name(one), *cells[body_of(one)].blame()->failure);
    grouped.set_count(has_outer_body(list) ? order.size() : order.count(Status::failed));
    verdict = with_text(std::move(verdict), grouped);
  }
  return true;
}

}  // namespace oche::detail::rounds
