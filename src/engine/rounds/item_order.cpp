// item_order.cpp - the items of one list in order, and which of them are skipped, active or failed.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/item_order.hpp"

#include <algorithm>

namespace oche::detail::rounds {

void ItemOrder::reclass(InstanceId instance, Status was, Status now) {
  const std::size_t before = index(was);
  const std::size_t after = index(now);
  if (before == after) return;
  --counts_[before];
  ++counts_[after];
  const std::uint32_t id = block_of_(context_, instance);
  const std::uint32_t place = place_of_[id];
  const InstanceId* const entries = &entries_[std::size_t{id} * room];
  const auto slot =
      static_cast<std::size_t>(std::find(entries, entries + room, instance) - entries);
  const std::uint64_t bit = std::uint64_t{1} << slot;
  if (before >= first_bad) row_[place].bad[before - first_bad] &= ~bit;
  if (after >= first_bad) row_[place].bad[after - first_bad] |= bit;
  refresh_summary(place);
}

void ItemOrder::splice(std::uint32_t from, std::uint32_t count, std::span<const Item> items) {
  // The blocks that hold what goes, and what else is in them, are written anew.
  std::size_t first = 0;
  std::uint32_t rank = 0;
  while (first < row_.size() && rank + row_[first].size < from)
    rank += row_[first++].size;
  std::vector<Moving> moving;
  if (first < row_.size()) take(row_[first], 0, from - rank, moving);
  for (const Item& item : items) {
    moving.push_back({item.instance, nothing, item.status});
    ++counts_[index(item.status)];
  }
  std::size_t last = first;
  const std::uint32_t end = from + count;
  std::vector<Moving> gone;
  for (std::uint32_t at = rank; last < row_.size(); ++last) {
    const Block& block = row_[last];
    const std::uint32_t skip = at < from ? std::min(from - at, block.size) : 0;
    const std::uint32_t stop = end > at ? std::min(end - at, block.size) : 0;
    if (stop > skip) take(block, skip, stop, gone);
    at += block.size;
    if (at >= end) {
      take(block, std::max(stop, skip), block.size, moving);
      ++last;
      break;
    }
  }
  for (const Moving& one : gone)
    --counts_[index(one.status)];
  size_ = size_ - count + static_cast<std::uint32_t>(items.size());
  fill(first, last, moving);
}

/// Appends some of a block's items.
void ItemOrder::take(const Block& block, std::uint32_t from, std::uint32_t to,
                     std::vector<Moving>& out) const {
  for (std::uint32_t i = from; i < to; ++i) {
    Status status = Status::ok;
    if ((block.bad[0] >> i & 1) != 0) status = Status::skipped;
    if ((block.bad[1] >> i & 1) != 0) status = Status::active;
    if ((block.bad[2] >> i & 1) != 0) status = Status::failed;
    out.push_back({entries_[block.id * room + i], block.id, status});
  }
}

/// Puts `items` where the blocks `first` … `last` were.
void ItemOrder::fill(std::size_t first, std::size_t last, const std::vector<Moving>& items) {
  // Not quite full, unless one is enough, so that the next insertion finds room.
  const std::size_t each = items.size() <= room ? room : room * 3 / 4;
  const std::size_t needed = (items.size() + each - 1) / each;
  std::vector<std::uint32_t> ids;
  for (std::size_t i = first; i < last; ++i)
    ids.push_back(row_[i].id);
  while (ids.size() > needed) {
    free_.push_back(ids.back());
    ids.pop_back();
  }
  while (ids.size() < needed)
    ids.push_back(new_block());
  const bool has_shifted = needed != last - first;
  const auto at = [this](std::size_t i) { return row_.begin() + static_cast<std::ptrdiff_t>(i); };
  if (needed > last - first) row_.insert(at(last), needed - (last - first), Block{});
  if (needed < last - first) row_.erase(at(first + needed), at(last));
  for (std::size_t i = 0; i < needed; ++i) {
    Block block;
    block.id = ids[i];
    for (std::size_t k = i * each; k < std::min(items.size(), (i + 1) * each); ++k) {
      const Moving& item = items[k];
      if (const std::size_t which = index(item.status); which >= first_bad)
        block.bad[which - first_bad] |= std::uint64_t{1} << block.size;
      entries_[block.id * room + block.size++] = item.instance;
      if (item.id != block.id) block_of_(context_, item.instance) = block.id;
    }
    // An entry that is left over must not be taken for an instance that stands elsewhere.
    for (std::uint32_t k = block.size; k < room; ++k)
      entries_[block.id * room + k] = nothing;
    row_[first + i] = block;
  }
  const std::size_t end = has_shifted ? row_.size() : first + needed;
  if (has_shifted)
    for (std::vector<std::uint64_t>& words : summary_) {
      words.resize((row_.size() + 63) / 64);
      if (row_.size() % 64 != 0) words.back() &= (std::uint64_t{1} << row_.size() % 64) - 1;
    }
  for (std::size_t i = first; i < end; ++i) {
    place_of_[row_[i].id] = static_cast<std::uint32_t>(i);
    refresh_summary(i);
  }
}

void ItemOrder::refresh_summary(std::size_t place) {
  const std::uint64_t bit = std::uint64_t{1} << (place & 63);
  for (std::size_t which = 0; which < summary_.size(); ++which) {
    std::uint64_t& word = summary_[which][place >> 6];
    if (row_[place].bad[which] != 0)
      word |= bit;
    else
      word &= ~bit;
  }
}

std::uint32_t ItemOrder::new_block() {
  if (!free_.empty()) {
    const std::uint32_t id = free_.back();
    free_.pop_back();
    return id;
  }
  place_of_.push_back(0);
  entries_.resize(entries_.size() + room, nothing);
  return static_cast<std::uint32_t>(place_of_.size() - 1);
}

}  // namespace oche::detail::rounds
