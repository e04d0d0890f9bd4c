// list_update.cpp - which items a list has: what came, what went, what moved.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "base/elements.hpp"
#include "engine/rounds/world.hpp"
#include <oche/base/record.hpp>

#include <algorithm>

// Goal: adding one item costs what the item costs, reordering moves no instance.
// The new list is compared with the last good one from both ends; only what lies between is looked
// up in the table of items, by identity (the item, or what `by` takes of it). Instances found again
// keep their cells, others are made or removed, and the order is spliced. Only lists in which an
// item stands twice are compared as a whole, since ranks and positions differ there.
// What nobody wants is forgotten: its items are kept only to be found again by the next good list.
// Cost: comparing; for what lies between one hash and one look-up each; for what came its template.

namespace oche::detail::rounds {

/// One comparison of a list with the last good one.
class ListUpdate {
 public:
  ListUpdate(World& world, ListSide& list, const ListPayload& payload, bool is_option,
             const Value& now)
      : world_(world),
        list_(list),
        payload_(payload),
        is_option_(is_option),
        now_(now.type(), now.data()),
        old_(list.list ? Elements(list.list.type(), list.list.data()) : Elements()) {}

  /// Fails: throws what an identity function throws; then nothing has changed.
  void run() {
    skip_equal_ends();
    if (first_ == now_.size() && first_ == old_.size()) return;
    identify();
    is_slow_ = list_.has_doubles || has_doubles();
    if (is_slow_) {
      first_ = after_ = 0;
      identify();
    }
    replace();
  }
  [[nodiscard]] bool has_changed() const { return has_changed_; }

 private:
  void skip_equal_ends() {
    first_ = equal_at_start(*payload_.item, now_, old_);
    const std::size_t rest = std::min(now_.size(), old_.size()) - first_;
    after_ = equal_at_end(*payload_.item, now_, old_, rest);
  }

  void identify() {
    identities_.clear();
    for (std::size_t i = first_; i < now_.size() - after_; ++i)
      identities_.push_back(identity(now_[i]));
  }

  [[nodiscard]] Value identity(const void* item) const {
    if (is_option_) return world_.unit;  // there is at most one, whatever its value
    if (payload_.identity) return payload_.identity(item);
    return Value::copy_of(*payload_.item, item);
  }

  /// Whether an item of the middle stands elsewhere in the list too.
  [[nodiscard]] bool has_doubles() {
    const std::uint32_t stamp = ++world_.mark_stamp;
    const auto last = static_cast<std::uint32_t>(old_.size() - after_);
    std::uint32_t rank = static_cast<std::uint32_t>(first_);
    list_.order.each(rank, [&](InstanceId one) {
      if (rank++ == last) return false;
      world_.instances[one].mark = stamp;
      return true;
    });
    ItemTable seen;  // what is new
    std::vector<std::size_t> fresh;
    const std::uint32_t taken = ++world_.mark_stamp;
    for (std::size_t i = 0; i < identities_.size(); ++i) {
      const Value& identity = identities_[i];
      if (const InstanceId known = world_.find_item(list_, identity); known != nothing) {
        if (world_.instances[known].mark != stamp) return true;
        world_.instances[known].mark = taken;
        continue;
      }
      const std::size_t hash = detail::hash(identity.type(), identity.data());
      const auto same = [&](InstanceId other) { return equal(identities_[other], identity); };
      if (seen.find(hash, same) != nothing) return true;
      seen.insert(hash, static_cast<InstanceId>(i));
    }
    return false;
  }

  /// Puts the instances of the middle where the old ones were.
  void replace() {
    const std::uint32_t stamp = ++world_.mark_stamp;
    std::vector<InstanceId> old;
    const auto old_last =
        static_cast<std::uint32_t>(is_slow_ ? list_.order.size() : old_.size() - after_);
    std::uint32_t rank = static_cast<std::uint32_t>(first_);
    list_.order.each(rank, [&](InstanceId one) {
      if (rank++ == old_last) return false;
      old.push_back(one);
      return true;
    });
    std::vector<InstanceId> kept;
    for (std::size_t i = 0; i < identities_.size(); ++i) {
      const void* const item = now_[first_ + i];
      InstanceId one = world_.find_item(list_, identities_[i]);
      if (one == nothing)
        one = world_.add_item(list_, *payload_.item, item, identities_[i]);
      else if (world_.instances[one].mark != stamp)
        world_.set_item(one, list_, *payload_.item, item);
      if (world_.instances[one].mark == stamp) continue;  // a double
      world_.instances[one].mark = stamp;
      kept.push_back(one);
    }
    has_changed_ = true;
    list_.has_doubles = is_slow_ && kept.size() != now_.size();
    const bool has_bodies = !world_.has_outer_body(list_);
    std::vector<ItemOrder::Item> items;
    for (const InstanceId one : kept)
      items.push_back({one, has_bodies ? world_.cells[world_.body_of(one)].status() : Status::ok});
    list_.order.splice(static_cast<std::uint32_t>(first_), static_cast<std::uint32_t>(old.size()),
                       items);
    // First what came, so that what both read stays wanted all the time.
    if (list_.asks)
      for (const InstanceId one : kept)
        world_.ask_for_item(one);
    for (const InstanceId one : old)
      if (world_.instances[one].mark != stamp) world_.remove_item(list_, one);
  }

  World& world_;
  ListSide& list_;
  const ListPayload& payload_;
  const bool is_option_;
  const Elements now_;
  const Elements old_;
  std::size_t first_ = 0;  // equal ones at the beginning
  std::size_t after_ = 0;  // and at the end
  bool is_slow_ = false;
  bool has_changed_ = false;
  std::vector<Value> identities_;  // of the middle
};

Verdict World::evaluate_expand(InstanceId in, NodeId node, CellId id) {
  ListSide& list = *lists[cells[id].side];
  const Region& region = region_of(in);
  const NodeId collect = region.graph->templates()[list.of].collect;
  Verdict verdict = copy(source(in, region.graph->inputs(node)[0]));
  const bool was_current = list.is_current;
  if (verdict.status == Status::ok) {
    const Node& term = region.graph->term(node);
    try {
      ListUpdate update(*this, list, *static_cast<const ListPayload*>(term.payload),
                        region.graph->kind(collect) == Kind::option_map, verdict.value);
      update.run();
      if (update.has_changed()) mark(in, collect);
      list.is_known = list.is_current = true;
      list.list = std::move(verdict.value);
      verdict = Verdict::ok(unit);
    } catch (...) {
      verdict = fail_by_throw(id, node);
    }
  }
  if (verdict.status != Status::ok) {
    list.is_current = !list.is_known;
    if (!list.is_known) remove_items(list);
  }
  ask_for_items(list);
  if (list.is_current != was_current) {
    std::vector<InstanceId> inside;
    list.order.each(0, [&](InstanceId item) {
      inside.push_back(item);
      return true;
    });
    ask_again(std::move(inside));
  }
  return verdict;
}

}  // namespace oche::detail::rounds
