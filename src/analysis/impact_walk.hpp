// impact_walk.hpp - the walk behind every question about impact.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/node_set.hpp"
#include <oche/analysis/impact.hpp>

#include <cstdint>
#include <vector>

namespace oche::detail {

/// One pass over the nodes in their order, from where the change begins; it reads what is reached,
/// and looks at the inputs of all others.
class ImpactWalk {
 public:
  explicit ImpactWalk(const Facts& facts);
  /// The bytes of this node change, unless it is stopped at.
  void begin(NodeId node);
  /// Whatever reaches this node, its own bytes stay the same.
  void stop_at(NodeId node) { same_.add(node); }
  [[nodiscard]] Impact take();

 private:
  /// What may differ of a node: nothing, whether it succeeds, its key too, the bytes it gives too.
  enum class Touch : std::uint8_t { none, success, key, bytes };
  struct Reach {
    Touch how = Touch::none;
    NodeId from = no_node;
  };
  [[nodiscard]] Reach reach(NodeId node) const;
  [[nodiscard]] NodeId expand_above(NodeId node) const;
  [[nodiscard]] NodeId cause_for(NodeId node) const;
  void note(NodeId node, Impact& impact) const;

  const Facts& facts_;
  std::vector<Touch> touched_;   ///< by node
  std::vector<NodeId> because_;  ///< by node; of those touched: none if it begins here
  NodeId first_ = no_node;
  NodeSet same_;
};

/// Does a change of the bytes of input `position` reach this node's own bytes or key?
[[nodiscard]] bool carries_bytes(const Facts& facts, NodeId node, std::uint32_t position);

}  // namespace oche::detail
