// choose.cpp - what of a state folder is kept.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// First come those that are needed, whatever they cost; then all others that the limits of age and
// number allow, the newest first, until the limit of size is reached: what is older than the first
// that does not fit goes too, so that what remains is what happened last. A result and its attempt
// stay or go together; trees that several results name are counted once.
#include "engine/collect/choose.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <vector>

namespace oche::detail {

namespace {

/// A result with its attempt, or an attempt without.
struct Item {
  Time when;
  StockedResult* result = nullptr;
  StockedAttempt* attempt = nullptr;
  bool is_needed = false;
  std::size_t place = 0;  ///< decides between those of the same time
};

bool is_allowed(const Item& item, const Retention& retention, Time now) {
  if (retention.age && item.when < now - *retention.age) return false;
  return !retention.attempts || item.attempt == nullptr ||
         item.attempt->newer < *retention.attempts;
}

std::vector<Item> items_of(Stock& stock) {
  std::unordered_map<std::int64_t, StockedAttempt*> attempts;
  for (StockedAttempt& attempt : stock.attempts)
    attempts[attempt.id] = &attempt;
  std::vector<Item> items;
  for (StockedResult& result : stock.results) {
    Item& item = items.emplace_back(Item{.when = result.used, .result = &result});
    item.is_needed = result.is_needed;
    if (const auto made = attempts.find(result.attempt); made != attempts.end()) {
      item.attempt = made->second;
      attempts.erase(made);
    }
  }
  for (StockedAttempt& attempt : stock.attempts) {
    if (!attempts.contains(attempt.id)) continue;
    items.push_back(
        {.when = attempt.started, .attempt = &attempt, .is_needed = attempt.is_running});
  }
  for (std::size_t i = 0; i < items.size(); ++i)
    items[i].place = i;
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    if (a.is_needed != b.is_needed) return a.is_needed;
    return a.when != b.when ? a.when > b.when : a.place < b.place;
  });
  return items;
}

}  // namespace

std::uint64_t choose(Stock& stock, const Retention& retention, Time now, Reach& reach,
                     const std::function<std::uint64_t(const std::string& log)>& size_of_log) {
  const std::uint64_t limit = retention.bytes.value_or(std::numeric_limits<std::uint64_t>::max());
  std::uint64_t total = 0;
  for (const ObjectId& root : stock.roots)
    total += reach.bytes_of(reach.add(root));
  bool is_full = false;
  for (const Item& item : items_of(stock)) {
    if (!item.is_needed && (is_full || !is_allowed(item, retention, now))) continue;
    std::uint64_t cost = item.attempt != nullptr ? size_of_log(item.attempt->log) : 0;
    std::vector<ObjectId> added;
    if (item.result != nullptr) {
      for (const ObjectId& tree : item.result->trees) {
        const std::vector<ObjectId> more = reach.add(tree);
        added.insert(added.end(), more.begin(), more.end());
      }
    }
    cost += reach.bytes_of(added);
    if (!item.is_needed && cost > limit - std::min(limit, total)) {
      is_full = true;
      reach.remove(added);
      continue;
    }
    total += cost;
    if (item.result != nullptr) item.result->is_kept = true;
    if (item.attempt != nullptr) item.attempt->is_kept = true;
  }
  return total;
}

}  // namespace oche::detail
