// ahead.hpp - asks the memory for terms before a sweep comes to them.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/arrays.hpp"

#include <algorithm>
#include <cstddef>

namespace oche::detail {

/// Terms lie where they were made, which is not the order of a graph: as soon as they are more than
/// the cache holds, a sweep that reads them waits for the memory at each one. Asked for some nodes
/// before, they arrive meanwhile.
class Ahead {
 public:
  /// The bytes that are read of a node, and of its payload, which mostly stands behind it.
  Ahead(const GraphArrays& graph, std::size_t from, std::size_t to)
      : terms_(graph.terms), from_(from), to_(to) {}

  /// For each node in order, before the sweep reads it.
  // In line, always: g++ takes a function that only asks for memory for one that does nothing.
  [[gnu::always_inline]] void operator()(NodeId node) const {
    const auto* at = reinterpret_cast<const char*>(
        terms_[std::min<std::size_t>(node + distance, terms_.size() - 1)]);
    for (std::size_t i = from_; i < to_; i += line)
      __builtin_prefetch(at + i);
  }

 private:
  static constexpr std::size_t distance = 16;
  static constexpr std::size_t line = 64;

  const std::vector<const Node*>& terms_;
  std::size_t from_;
  std::size_t to_;
};

}  // namespace oche::detail
