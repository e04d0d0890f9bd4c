// item_table.hpp - finds the instance of an item by what identifies it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/cells.hpp"

#include <algorithm>
#include <vector>

namespace oche::detail::rounds {

/// Open addressing with linear probing; a slot is an instance and its hash. The gap that a removal
/// leaves is closed, so that nothing decays however many items come and go.
class ItemTable {
 public:
  [[nodiscard]] std::uint32_t size() const { return size_; }

  /// The instance with this hash for which `is` holds, or `nothing`.
  template <class Is>
  [[nodiscard]] InstanceId find(std::size_t hash, Is is) const {
    if (slots_.empty()) return nothing;
    for (std::size_t i = hash & mask(); slots_[i].instance != nothing; i = (i + 1) & mask())
      if (slots_[i].hash == hash && is(slots_[i].instance)) return slots_[i].instance;
    return nothing;
  }

  void insert(std::size_t hash, InstanceId instance) {
    if (++size_ * std::size_t{10} > slots_.size() * 6) {
      const std::vector<Slot> old =
          std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(8, slots_.size() * 2)));
      for (const Slot& slot : old)
        if (slot.instance != nothing) place(slot);
    }
    place({hash, instance});
  }

  void erase(std::size_t hash, InstanceId instance) {
    std::size_t gap = hash & mask();
    while (slots_[gap].instance != instance)
      gap = (gap + 1) & mask();
    for (std::size_t i = (gap + 1) & mask(); slots_[i].instance != nothing; i = (i + 1) & mask()) {
      const std::size_t home = slots_[i].hash & mask();
      if (((i - home) & mask()) < ((i - gap) & mask())) continue;
      slots_[gap] = slots_[i];
      gap = i;
    }
    slots_[gap] = {};
    --size_;
  }

 private:
  struct Slot {
    std::size_t hash = 0;
    InstanceId instance = nothing;
  };
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  void place(Slot slot) {
    std::size_t i = slot.hash & mask();
    while (slots_[i].instance != nothing)
      i = (i + 1) & mask();
    slots_[i] = slot;
  }

  std::vector<Slot> slots_;
  std::uint32_t size_ = 0;
};

}  // namespace oche::detail::rounds
