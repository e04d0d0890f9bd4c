// equal_table.hpp - a hash table of nodes by what they mean.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace oche::detail {

/// Open addressing; a slot is a hash and a node. The caller keeps it at most half full (`reserve`).
class EqualTable {
 public:
  EqualTable() : slots_(4096, empty) {}

  [[nodiscard]] std::size_t count() const { return count_; }
  void reserve(std::size_t nodes) {
    if (nodes * 2 <= slots_.size()) return;
    std::size_t size = slots_.size();
    while (size < nodes * 2)
      size *= 2;
    const std::vector<std::uint64_t> old =
        std::exchange(slots_, std::vector<std::uint64_t>(size, empty));
    for (const std::uint64_t slot : old)
      if (slot != empty) place(slot);
  }
  void prefetch(std::uint32_t hash) const {
    __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }

  /// The node with this hash for which `same` holds, or `no_node`.
  template <class Same>
  [[nodiscard]] NodeId find(std::uint32_t hash, Same same) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask; slots_[i] != empty; i = (i + 1) & mask) {
      const auto node = static_cast<NodeId>(slots_[i]);
      if (slots_[i] >> 32 == hash && same(node)) return node;
    }
    return no_node;
  }
  void put(std::uint32_t hash, NodeId node) {
    reserve(++count_);
    place(std::uint64_t{hash} << 32 | node);
  }

 private:
  static constexpr std::uint64_t empty = ~std::uint64_t{0};

  void place(std::uint64_t slot) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = (slot >> 32) & mask;
    while (slots_[i] != empty)
      i = (i + 1) & mask;
    slots_[i] = slot;
  }

  std::vector<std::uint64_t> slots_;
  std::size_t count_ = 0;
};

}  // namespace oche::detail
