// line.hpp - all that waits for the same, the first of it in front.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/rank.hpp>

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <vector>

namespace oche::scheduling {

/// What waits, as a heap: much waits in a large pipeline, and an ordered tree of it would be
/// followed from one place in memory to another at each step. What is taken out of its middle stays
/// there, marked as gone, until it comes to the front or half of all is gone.
///
/// Cost: a logarithm to push and to pop; `erase` the same, taken over many.
template <class T>
class Line {
 public:
  struct Waiting {
    Rank rank;
    std::uint64_t number;  ///< no other of this line has it, or will
    T what;
  };

  /// Gives the number by which it can be erased.
  std::uint64_t push(const Rank& rank, const T& what) {
    heap_.push_back({rank, pushed_, what});
    std::push_heap(heap_.begin(), heap_.end(), goes_later);
    return pushed_++;
  }
  /// Requires: it waits here.
  void erase(std::uint64_t number) {
    gone_.insert(number);
    if (2 * gone_.size() > heap_.size()) {
      std::erase_if(heap_, [this](const Waiting& one) { return gone_.contains(one.number); });
      std::make_heap(heap_.begin(), heap_.end(), goes_later);
      gone_.clear();
    }
    clear_front();
  }
  void pop() {
    drop_front();
    clear_front();
  }

  /// Requires: it is not empty.
  [[nodiscard]] const Waiting& front() const { return heap_.front(); }
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  /// Calls `visit` with all that waits, in no order.
  template <class F>
  void each(F visit) const {
    for (const Waiting& one : heap_)
      if (gone_.empty() || !gone_.contains(one.number)) visit(one.what);
  }

 private:
  static bool goes_later(const Waiting& a, const Waiting& b) { return b.rank < a.rank; }

  void drop_front() {
    std::pop_heap(heap_.begin(), heap_.end(), goes_later);
    heap_.pop_back();
  }
  /// So the front is always there, and a line in which all are gone is empty.
  void clear_front() {
    while (!gone_.empty() && gone_.erase(heap_.front().number) > 0)
      drop_front();
  }

  std::vector<Waiting> heap_;
  std::unordered_set<std::uint64_t> gone_;  ///< numbers of what is still in the heap
  std::uint64_t pushed_ = 0;
};

}  // namespace oche::scheduling
