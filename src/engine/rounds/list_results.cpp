// list_results.cpp - the vector of what was made of each item.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "base/elements.hpp"
#include "engine/rounds/world.hpp"
#include <oche/base/record.hpp>

// Goal: where one item of many changed, the new vector costs copying the old one.
// A list keeps the vector that was made last, and each block of its order where the results of the
// block's items stand in it, one after the other; a block in which an item came, went, moved or
// changed its result has lost that. So runs of the old vector and single results of the other
// blocks make the new one.

namespace oche::detail::rounds {

Verdict World::results_of(ListSide& list, NodeId node, CellId id) {
  const Node& term = graph_of(id).term(node);
  const bool can_join =
      term.operation->join != nullptr && !list.has_doubles && !has_outer_body(list);
  try {
    return Verdict::ok(can_join ? joined_results(list, term) : all_results(list, term));
  } catch (...) {
    return fail_by_throw(id, node);
  }
}

Value World::all_results(const ListSide& list, const Node& term) {
  addresses_.clear();
  if (!list.has_doubles) {
    list.order.each(0, [&](InstanceId one) {
      addresses_.push_back(address(body_of(one)));
      return true;
    });
  } else {
    const auto& payload = *static_cast<const ListPayload*>(term.payload);
    const Elements items(list.list.type(), list.list.data());
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Value identity =
          payload.identity ? payload.identity(items[i]) : Value::copy_of(*payload.item, items[i]);
      addresses_.push_back(address(body_of(find_item(list, identity))));
    }
  }
  return Value::make_in_place(*term.type, [&](void* at) {
    term.operation->call(nullptr, addresses_.data(), addresses_.size(), at);
    return true;
  });
}

Value World::joined_results(ListSide& list, const Node& term) {
  const Elements old =
      list.results ? Elements(list.results.type(), list.results.data()) : Elements();
  const std::size_t size = term.type->element->size;
  std::vector<Run> runs;
  const auto add = [&](const void* first, std::size_t count) {
    if (!runs.empty() &&
        static_cast<const char*>(runs.back().first) + runs.back().count * size == first)
      runs.back().count += count;
    else
      runs.push_back({first, count});
  };
  list.order.each_block([&](std::uint32_t known, std::span<const InstanceId> items) {
    if (known != ItemOrder::unknown) {
      add(old.from(known), items.size());
      return;
    }
    for (const InstanceId one : items)
      add(address(body_of(one)), 1);
  });
  list.results = Value::make_in_place(*term.type, [&](void* at) {
    term.operation->join(runs, list.order.size(), at);
    return true;
  });
  std::uint32_t position = 0;
  list.order.each_block([&](std::uint32_t& known, std::span<const InstanceId> items) {
    known = position;
    position += static_cast<std::uint32_t>(items.size());
  });
  return list.results;
}

}  // namespace oche::detail::rounds
