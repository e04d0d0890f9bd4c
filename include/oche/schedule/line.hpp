// line.hpp - all that waits for the same, the first of it in front.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/bands.hpp>
#include <oche/schedule/heap.hpp>
#include <oche/schedule/rank.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace oche::scheduling {

/// What waits. Much does in a large pipeline, and most of it for long: so only what is near the
/// front is in order, in a small heap, and the rest is thrown together in bands. What is taken out
/// of the middle stays there, marked as gone, until it comes to the front or half of all is gone.
///
/// Cost: next to constant to push and to pop, and never more than a logarithm taken over many;
/// `erase` the same.
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
    put({rank, what, number});
    return number;
  }
  /// Requires: it waits here.
  void erase(Number number) {
    is_gone_[number] = 1;
    if (2 * ++gone_ > size_) sweep();
    clear_front();
  }
  void pop() {
    drop_front();
    clear_front();
  }

  // Of what goes first. Requires: something waits.
  [[nodiscard]] const Rank& rank() const { return near_.front().rank; }
  [[nodiscard]] Number number() const { return near_.front().number; }
  [[nodiscard]] const T& front() const { return near_.front().what; }

  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// Calls `visit` with all that waits, in no order.
  template <class F>
  void each(F visit) const {
    each_entry([&](const Entry& entry) {
      if (!is_gone(entry)) visit(entry.what);
    });
  }

 private:
  static constexpr std::size_t few = 64;  ///< a heap of them stays in the first cache
  struct Entry {
    Rank rank;
    T what;
    Number number;
    friend bool operator<(const Entry& a, const Entry& b) { return a.rank < b.rank; }
  };

  [[nodiscard]] bool is_gone(const Entry& entry) const { return is_gone_[entry.number] != 0; }
  template <class F>
  void each_entry(F visit) const {
    for (const Entry& entry : near_.all())
      visit(entry);
    far_.each(visit);
  }

  void put(const Entry& entry) {
    ++size_;
    const std::uint64_t key = rough(entry.rank);
    if (far_.empty() && (near_.empty() || (near_.size() < 2 * few && far_.holds(key))))
      far_.place_border(key);
    if (far_.holds(key)) {
      far_.put(entry, key);
    } else {
      near_.push(entry);
      if (near_.size() > most_near_) throw_back();
    }
  }
  /// Too much is near: only what is as near as the first stays.
  void throw_back() {
    far_.move_border(rough(rank()));
    std::vector<Entry> nearest;
    for (const Entry& entry : near_.all()) {
      if (const std::uint64_t key = rough(entry.rank); far_.holds(key))
        far_.put(entry, key);
      else
        nearest.push_back(entry);
    }
    bring_near(nearest);
  }
  void bring_near(const std::vector<Entry>& entries) {
    near_.assign(entries);
    most_near_ = std::max(8 * few, 2 * near_.size());
  }

  void drop_front() {
    free_.push_back(number());
    near_.pop();
    --size_;
    if (near_.empty() && !far_.empty()) bring_near(far_.take(few));
  }
  /// So the front is always there, and a line in which all are gone is empty.
  void clear_front() {
    for (; gone_ > 0 && is_gone(near_.front()); --gone_)
      drop_front();
  }
  /// Nothing stays that is gone.
  void sweep() {
    std::vector<Entry> left;
    each_entry([&](const Entry& entry) {
      if (is_gone(entry)) {
        free_.push_back(entry.number);
      } else {
        left.push_back(entry);
      }
    });
    near_ = {};
    far_ = {};
    size_ = 0;
    gone_ = 0;
    for (const Entry& entry : left)
      put(entry);
  }

  Heap<Entry> near_;  ///< never empty while something waits
  Bands<Entry> far_;
  std::size_t size_ = 0;  ///< of both
  std::size_t most_near_ = 8 * few;
  std::vector<std::uint8_t> is_gone_;  ///< by number; but still here
  std::vector<Number> free_;
  std::size_t gone_ = 0;  ///< how many entries
};

}  // namespace oche::scheduling
