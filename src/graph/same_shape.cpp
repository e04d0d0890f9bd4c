// same_shape.cpp - walks a shape and a graph side by side, from their roots back.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include <oche/graph/same_shape.hpp>

#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>

#include <fmt/core.h>

#include <utility>
#include <vector>

namespace oche::detail {
namespace {

class SideBySide {
 public:
  SideBySide(shape::View shape, const Graph& graph)
      : shape_(shape), graph_(graph), partner_(shape.spots.size(), no_node) {}

  Result<> run() {
    open_.emplace_back(shape_.root, graph_.root());
    while (!open_.empty()) {
      const auto [spot, node] = open_.back();
      open_.pop_back();
      if (partner_[spot] == node) continue;
      if (partner_[spot] != no_node) return differ(spot, node, "it stands for another one too");
      partner_[spot] = node;
      if (shape_.spots[spot].kind == Kind::input) continue;  // whatever was given
      if (shape_.spots[spot].kind != graph_.kind(node)) return differ(spot, node, "their kinds");
      if (!has_same_name(shape_.spots[spot], node)) return differ(spot, node, "their names");
      const auto parts =
          graph_.kind(node) == Kind::item ? std::span<const std::uint32_t>() : shape_.of(spot);
      const std::vector<NodeId> inputs = inputs_of(node, parts.size());
      if (inputs.size() != parts.size()) return differ(spot, node, "what they are given");
      for (std::size_t i = 0; i < parts.size(); ++i)
        open_.emplace_back(parts[i], inputs[i]);
    }
    return Unit{};
  }

 private:
  [[nodiscard]] bool has_same_name(const shape::Spot& spot, NodeId node) const {
    const Node& term = graph_.term(node);
    if (spot.kind == Kind::approve) return spot.name == graph_.label(node);
    if (spot.kind != Kind::step) return true;
    const auto& step = *static_cast<const StepPayload*>(term.payload);
    return spot.name == step.name && spot.label == step.options.label;
  }

  [[nodiscard]] std::vector<NodeId> inputs_of(NodeId node, std::size_t count) const {
    std::vector<NodeId> list;
    for (const NodeId input : graph_.inputs(node)) {
      // A list's own node for its items is the graph's affair.
      const bool is_expand = graph_.kind(input) == Kind::expand;
      list.push_back(is_expand ? graph_.inputs(input)[0] : input);
    }
    if (graph_.kind(node) == Kind::step && list.size() > count)
      std::erase_if(list, [&](NodeId input) { return graph_.kind(input) == Kind::constant; });
    return list;
  }

  [[nodiscard]] Failure differ(std::uint32_t spot, NodeId node, std::string_view what) const {
    const shape::Spot& one = shape_.spots[spot];
    return {
        .what = fmt::format("the shape's {} {} is not the graph's {} {}: {}", name_of(one.kind),
                            one.name, name_of(graph_.kind(node)), graph_.path(node), what),
        .where = fmt::format("{}:{}", graph_.where(node).file_name(), graph_.where(node).line())};
  }

  shape::View shape_;
  const Graph& graph_;
  std::vector<NodeId> partner_;
  std::vector<std::pair<std::uint32_t, NodeId>> open_;
};

}  // namespace

Result<> same_shape(shape::View shape, const Graph& graph) {
  return SideBySide(shape, graph).run();
}

}  // namespace oche::detail
