// newest_results.cpp - the newest results in a table by key.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/newest_results.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

namespace oche::detail {

namespace {

constexpr std::size_t for_each_asked = 4;
constexpr std::size_t page_size = 256;
/// Less at once is not worth a query.
constexpr std::size_t least_page = 64;

}  // namespace

NewestResults::NewestResults(StoreReader& reader, std::size_t hoped)
    : reader_(reader), hoped_(hoped), slots_(1) {}

Result<const StoredResult*> NewestResults::find(const Digest& key) {
  ++asked_;
  do {
    if (const StoredResult* const found = slots_[slot_of(key)]) return found;
  } while (read_more());
  if (is_at_end_ && !leaves_out_) return nullptr;
  Result<std::optional<StoredResult>> found = reader_.find(key);
  if (!found) return found.failure();
  single_ = std::move(found).value();
  return single_ ? &*single_ : nullptr;
}

bool NewestResults::read_more() {
  if (is_at_end_) return false;
  const std::size_t most = for_each_asked * std::max(hoped_, asked_);
  if (most <= read_ || (read_ > 0 && most - read_ < least_page)) return false;
  const std::size_t size = std::min(page_size, most - read_);
  Result<ResultPage> read = reader_.results_before(before_, size);
  if (!read) {  // whoever asks for what is damaged is told; nobody else
    is_at_end_ = leaves_out_ = true;
    return false;
  }
  ResultPage page = std::move(read).value();
  read_ += page.rows;
  before_ = page.next;
  is_at_end_ = page.rows < size;
  leaves_out_ = leaves_out_ || page.results.size() < page.rows;
  pages_.push_back(std::move(page.results));
  add(pages_.back());
  return true;
}

std::size_t NewestResults::slot_of(const Digest& key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = std::hash<Digest>()(key) & mask;
  while (slots_[at] != nullptr && slots_[at]->key != key)
    at = (at + 1) & mask;
  return at;
}

void NewestResults::add(const std::vector<StoredResult>& page) {
  used_ += page.size();
  if (2 * used_ > slots_.size()) {
    const auto old = std::exchange(
        slots_, std::vector<const StoredResult*>(std::bit_ceil(std::max(page_size, 4 * used_))));
    for (const StoredResult* const one : old)
      if (one != nullptr) slots_[slot_of(one->key)] = one;
  }
  for (const StoredResult& one : page)
    slots_[slot_of(one.key)] = &one;
}

}  // namespace oche::detail
