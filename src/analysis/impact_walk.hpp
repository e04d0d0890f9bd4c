// impact_walk.hpp - the walk behind every question about impact.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/node_set.hpp"
#include <oche/analysis/impact.hpp>

#include <cstdint>
#include <vector>

namespace oche::detail {

/// Costs what the change reaches, and five bytes for each node of the graph.
class ImpactWalk {
 public:
  explicit ImpactWalk(const Facts& facts);
  /// The bytes of this node change.
  void begin(NodeId node);
  /// Whatever reaches this node, its own bytes stay the same.
  void stop_at(NodeId node) { same_.add(node); }
  [[nodiscard]] Impact take();

 private:
  enum class Touch : std::uint8_t { none, bytes, success };
  void spread(Touch how);
  void reach(NodeId node, NodeId from, Touch how);
  [[nodiscard]] NodeId cause_for(NodeId node) const;

  const Facts& facts_;
  std::vector<Touch> touched_;   ///< by node
  std::vector<NodeId> because_;  ///< by node; of those touched: none if it begins here
  std::vector<NodeId> waiting_;
  NodeSet same_;
};

/// Does a change of the bytes of input `position` reach this node's own bytes or key?
[[nodiscard]] bool carries_bytes(const Facts& facts, NodeId node, std::uint32_t position);

}  // namespace oche::detail
