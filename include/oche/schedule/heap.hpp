// heap.hpp - the least of many values in front, kept in one array.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

namespace oche::scheduling {

/// Values with an order. Each node of the heap has four children, which lie together.
///
/// Cost: a logarithm to push and to pop.
/// Source: d-ary heaps, Johnson 1975. The least of four children is found as in a tournament: the
/// two halves do not wait for each other.
template <class T>
class Heap {
 public:
  void push(const T& value) {
    all_.push_back(value);
    rise(all_.size() - 1, value);
  }
  /// Requires: it is not empty.
  void pop() {
    const T last = all_.back();
    all_.pop_back();
    if (!all_.empty()) sink(0, last);
  }
  /// Likewise.
  [[nodiscard]] const T& front() const { return all_.front(); }

  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  /// In no order.
  [[nodiscard]] const std::vector<T>& all() const { return all_; }
  /// These, and nothing else. Cost: linear.
  void assign(const std::vector<T>& values) {
    all_ = values;
    for (std::size_t place = (all_.size() + children - 2) / children; place-- > 0;)
      sink(place, T(all_[place]));
  }

 private:
  static constexpr std::size_t children = 4;

  /// Puts the value at `place`, which is free, or nearer to the front.
  void rise(std::size_t place, const T& value) {
    while (place > 0) {
      const std::size_t parent = (place - 1) / children;
      if (!(value < all_[parent])) break;
      all_[place] = all_[parent];
      place = parent;
    }
    all_[place] = value;
  }
  /// The same, or farther from the front.
  void sink(std::size_t place, const T& value) {
    for (std::size_t first = children * place + 1; first < all_.size();
         first = children * place + 1) {
      const std::size_t child = least_from(first);
      if (!(all_[child] < value)) break;
      all_[place] = all_[child];
      place = child;
    }
    all_[place] = value;
  }
  /// Of these children.
  [[nodiscard]] std::size_t least_from(std::size_t first) const {
    const T* const of = &all_[first];
    if (first + children <= all_.size()) {
      const std::size_t a = of[1] < of[0] ? 1 : 0;
      const std::size_t b = of[3] < of[2] ? 3 : 2;
      return first + (of[b] < of[a] ? b : a);
    }
    std::size_t least = first;
    for (std::size_t other = first + 1; other < all_.size(); ++other)
      if (all_[other] < all_[least]) least = other;
    return least;
  }

  std::vector<T> all_;
};

}  // namespace oche::scheduling
