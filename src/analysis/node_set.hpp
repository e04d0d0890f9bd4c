// node_set.hpp - a set of a graph's nodes: one bit for each.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>

#include <bit>
#include <cstdint>
#include <vector>

namespace oche::detail {

class NodeSet {
 public:
  explicit NodeSet(NodeId size) : words_((size + 63) / 64) {}

  [[nodiscard]] bool has(NodeId node) const {
    return ((words_[node / 64] >> (node % 64)) & 1) != 0;
  }
  /// False if it was in already.
  bool add(NodeId node) {
    const std::uint64_t bit = std::uint64_t{1} << (node % 64);
    const bool is_new = (words_[node / 64] & bit) == 0;
    words_[node / 64] |= bit;
    return is_new;
  }
  void add(const NodeSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] |= other.words_[i];
  }
  void keep(const NodeSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] &= other.words_[i];
  }
  void remove(const NodeSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] &= ~other.words_[i];
  }
  [[nodiscard]] bool is_empty() const {
    for (const std::uint64_t word : words_)
      if (word != 0) return false;
    return true;
  }
  /// In the graph's order.
  template <class F>
  void for_each(F f) const {
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
        f(static_cast<NodeId>(i * 64 + static_cast<unsigned>(std::countr_zero(word))));
  }
  [[nodiscard]] std::vector<NodeId> list() const {
    std::vector<NodeId> nodes;
    for_each([&](NodeId node) { nodes.push_back(node); });
    return nodes;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace oche::detail
