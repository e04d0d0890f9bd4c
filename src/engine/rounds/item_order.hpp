// item_order.hpp - the items of one list in order, and which of them are skipped, active or failed.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/cells.hpp"

#include <array>
#include <bit>
#include <vector>

namespace oche::detail::rounds {

/// Goal: tell the first failed item of a list, and replace some of its items, without touching the
/// others. Instances stand in blocks of up to 64, blocks in a row; a block has a word of bits for
/// each class, and the row has a bit for each block that has any. An instance knows its block.
/// Cost: `reclass` and `first` O(list / 4096); `splice` O(what is replaced + list / 64).
class ItemOrder {
 public:
  /// Where an instance's block is kept; given by the owner of the instances.
  using BlockOf = std::uint32_t& (*)(void* context, InstanceId instance);
  ItemOrder(BlockOf block_of, void* context) : block_of_(block_of), context_(context) {}

  struct Item {
    InstanceId instance;
    Status status;  ///< unborn counts as active
  };

  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::uint32_t count(Status status) const { return counts_[index(status)]; }
  /// Replaces the items `from` … `from + count`.
  void splice(std::uint32_t from, std::uint32_t count, std::span<const Item> items);
  /// An item's status has changed.
  void reclass(InstanceId instance, Status was, Status now);

  /// Calls `visit` with the instances from rank `from` on, in order, until it returns false.
  template <class F>
  void each(std::uint32_t from, F visit) const {
    std::uint32_t rank = 0;
    for (const Block& block : row_) {
      if (rank + block.size > from)
        for (std::uint32_t i = from > rank ? from - rank : 0; i < block.size; ++i)
          if (!visit(entries_[block.id * room + i])) return;
      rank += block.size;
    }
  }
  /// The same, only those skipped, active or failed.
  template <class F>
  void each_of(Status status, F visit) const {
    const std::size_t which = index(status) - first_bad;
    for (std::size_t i = 0; i < summary_[which].size(); ++i)
      for (std::uint64_t rest = summary_[which][i]; rest != 0; rest &= rest - 1) {
        const Block& block = row_[i * 64 + static_cast<std::size_t>(std::countr_zero(rest))];
        for (std::uint64_t bits = block.bad[which]; bits != 0; bits &= bits - 1)
          if (!visit(
                  entries_[block.id * room + static_cast<std::uint32_t>(std::countr_zero(bits))]))
            return;
      }
  }

  /// Where the results of a block's items stand, one after the other, in the vector made last; the
  /// owner keeps it with `each_block`. It is lost when a block's items change.
  static constexpr std::uint32_t unknown = ~std::uint32_t{0};
  /// Calls `visit` with where each block's results stand, which may be changed, and its items.
  template <class F>
  void each_block(F visit) {
    for (Block& block : row_)
      visit(block.results, std::span<const InstanceId>(&entries_[block.id * room], block.size));
  }
  /// An item's result has changed.
  void forget_result(InstanceId instance) {
    row_[place_of_[block_of_(context_, instance)]].results = unknown;
  }

#ifdef OCHE_PLANTED_BUGS
  static constexpr std::uint32_t room = 4;  // so that short random lists have several blocks
#else
  static constexpr std::uint32_t room = 64;
#endif

 private:
  static constexpr std::size_t first_bad = 1;  // ok, skipped, active, failed
  struct Block {
    std::array<std::uint64_t, 3> bad = {};
    std::uint32_t size = 0;
    std::uint32_t id = 0;  ///< of its entries; stays when the row shifts
    std::uint32_t results = unknown;
  };
  struct Moving {
    InstanceId instance;
    std::uint32_t id;  ///< the block it comes from
    Status status;
  };

  static std::size_t index(Status status) {
    switch (status) {
      case Status::ok:
        return 0;
      case Status::skipped:
        return 1;
      case Status::failed:
        return 3;
      default:
        return 2;
    }
  }
  void take(const Block& block, std::uint32_t from, std::uint32_t to,
            std::vector<Moving>& out) const;
  void fill(std::size_t first, std::size_t last, const std::vector<Moving>& items);
  void refresh_summary(std::size_t place);
  std::uint32_t new_block();

  BlockOf block_of_;
  void* context_;
  std::uint32_t size_ = 0;
  std::array<std::uint32_t, 4> counts_ = {};
  std::vector<Block> row_;
  std::array<std::vector<std::uint64_t>, 3> summary_;
  std::vector<InstanceId> entries_;      // by block id
  std::vector<std::uint32_t> place_of_;  // by block id: where in the row
  std::vector<std::uint32_t> free_;      // block ids
};

}  // namespace oche::detail::rounds
