// line.hpp - all that waits for the same, the first of it in front.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/rank.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace oche::scheduling {

/// What waits, as a heap: much waits in a large pipeline, and an ordered tree of it would be
/// followed from one place in memory to another at each step. A node of the heap has four children,
/// which lie together. What is taken out of its middle stays there, marked as gone, until it comes
/// to the front or half of all is gone.
///
/// Cost: a logarithm to push and to pop; `erase` the same, taken over many.
/// Source: d-ary heaps, Johnson 1975; four because a node's children are two cache lines.
template <class T>
class Line {
 public:
  using Number = std::uint32_t;

  /// Gives the number by which it can be erased: nothing else that waits here has it.
  Number push(const Rank& rank, const T& what) {
    Number number = static_cast<Number>(is_gone_.size());
    if (free_.empty()) {
      is_gone_.push_back(0);
    } else {
      number = free_.back();
      free_.pop_back();
      is_gone_[number] = 0;
    }
    heap_.emplace_back();
    rise(heap_.size() - 1, {rank, what, number});
    return number;
  }
  /// Requires: it waits here.
  void erase(Number number) {
    is_gone_[number] = 1;
    if (2 * ++gone_ > heap_.size()) sweep();
    clear_front();
  }
  void pop() {
    drop_front();
    clear_front();
  }

  // Of what goes first. Requires: something waits.
  [[nodiscard]] const Rank& rank() const { return heap_.front().rank; }
  [[nodiscard]] Number number() const { return heap_.front().number; }
  [[nodiscard]] const T& front() const { return heap_.front().what; }

  [[nodiscard]] bool empty() const { return heap_.empty(); }
  /// Calls `visit` with all that waits, in no order.
  template <class F>
  void each(F visit) const {
    for (const Entry& entry : heap_)
      if (!is_gone(entry)) visit(entry.what);
  }

 private:
  static constexpr std::size_t children = 4;
  struct Entry {
    Rank rank;
    T what;
    Number number;
  };

  [[nodiscard]] bool is_gone(const Entry& entry) const { return is_gone_[entry.number] != 0; }

  /// Puts the entry at `place`, which is free, or nearer to the front.
  void rise(std::size_t place, const Entry& entry) {
    while (place > 0) {
      const std::size_t parent = (place - 1) / children;
      if (!(entry.rank < heap_[parent].rank)) break;
      heap_[place] = heap_[parent];
      place = parent;
    }
    heap_[place] = entry;
  }
  /// The same, or farther from the front.
  void sink(std::size_t place, const Entry& entry) {
    for (;;) {
      std::size_t child = place * children + 1;
      if (child >= heap_.size()) break;
      const std::size_t end = std::min(child + children, heap_.size());
      for (std::size_t other = child + 1; other < end; ++other)
        if (heap_[other].rank < heap_[child].rank) child = other;
      if (!(heap_[child].rank < entry.rank)) break;
      heap_[place] = heap_[child];
      place = child;
    }
    heap_[place] = entry;
  }

  void drop_front() {
    free_.push_back(number());
    const Entry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(0, last);
  }
  /// So the front is always there, and a line in which all are gone is empty.
  void clear_front() {
    for (; gone_ > 0 && is_gone(heap_.front()); --gone_)
      drop_front();
  }
  /// Nothing stays that is gone.
  void sweep() {
    std::erase_if(heap_, [this](const Entry& entry) {
      if (is_gone(entry)) free_.push_back(entry.number);
      return is_gone(entry);
    });
    gone_ = 0;
    for (std::size_t place = heap_.size(); place-- > 0;)
      sink(place, Entry(heap_[place]));
  }

  std::vector<Entry> heap_;
  std::vector<std::uint8_t> is_gone_;  ///< by number; but still in the heap
  std::vector<Number> free_;
  std::size_t gone_ = 0;  ///< how many entries
};

}  // namespace oche::scheduling
