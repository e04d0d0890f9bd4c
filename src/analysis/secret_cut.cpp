// secret_cut.cpp - a minimum vertex cut between the readers of a secret and whom it is kept from.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/secret_cut.hpp>

#include "analysis/flow.hpp"

#include <algorithm>
#include <unordered_map>

// What is given straight is set aside: of interest are ways with a place on them, and these begin
// at the first one. Every node is two: where data comes in, and where it leaves. Between them a
// place lets one unit through, all else any number. Each search for a way with room left, back
// along what flows too, finds one unit more. When there is none, as many places as units are full
// on the border of what can still be reached, and they part readers from the kept; fewer could not,
// since each unit takes places of its own (Menger). What the kept make is of no interest: they will
// not have seen the secret.

namespace oche {
namespace {

using detail::DataEdges;

bool is_place(Kind kind) {
  return kind == Kind::step || kind == Kind::command || kind == Kind::dynamic ||
         kind == Kind::map || kind == Kind::fold;
}

class CutFlow {
 public:
  CutFlow(const Facts& facts, std::span<const SecretId> secrets, std::span<const NodeId> kept)
      : graph_(facts.graph()), role_(facts.size(), passing) {
    for (NodeId node = 0; node < facts.size(); ++node)
      if (is_place(graph_.kind(node))) role_[node] = place;
    for (const NodeId node : facts.readers_of_secrets()) {
      const auto own = facts.secrets(node);
      const bool reads = std::any_of(own.begin(), own.end(), [&](SecretId one) {
        return std::find(secrets.begin(), secrets.end(), one) != secrets.end();
      });
      if (!reads) continue;
      role_[node] = reader;
      readers_.push_back(node);
    }
    for (const NodeId node : kept) {
      if (role_[node] != reader)
        role_[node] = keeping_out;
      else if (std::find(cut_.readers.begin(), cut_.readers.end(), node) == cut_.readers.end())
        cut_.readers.push_back(node);
    }
    find_edges();
    find_straight();
  }

  SecretCut run(std::size_t most) {
    std::size_t found = 0;
    while (is_found()) {
      if (++found > most) {
        cut_.is_complete = false;
        return std::move(cut_);
      }
    }
    for (NodeId node = 0; node < graph_.size(); ++node)
      if (role_[node] == place && is_seen(in_of(node)) && !is_seen(out_of(node)))
        cut_.places.push_back(node);
    return std::move(cut_);
  }

 private:
  enum Role : std::uint8_t { passing, place, reader, keeping_out };
  /// Twice the node, and one more where data leaves it.
  using Side = std::uint64_t;
  static Side in_of(NodeId node) { return Side{node} * 2; }
  static Side out_of(NodeId node) { return Side{node} * 2 + 1; }
  static NodeId node_of(Side side) { return static_cast<NodeId>(side / 2); }
  static constexpr Side no_side = ~Side{0};

  /// Whom each node gives data to, as ranges of one array.
  void find_edges() {
    const DataEdges edges(graph_);
    starts_.assign(graph_.size() + 1, 0);
    for (NodeId node = 0; node < graph_.size(); ++node)
      edges.each_input(node, [&](NodeId input) { ++starts_[input + 1]; });
    for (NodeId node = 0; node < graph_.size(); ++node)
      starts_[node + 1] += starts_[node];
    givers_.assign(graph_.size() + 1, 0);
    takers_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (NodeId node = 0; node < graph_.size(); ++node) {
      givers_[node + 1] = givers_[node];
      edges.each_input(node, [&](NodeId input) {
        takers_[next[input]++] = node;
        ++givers_[node + 1];
        inputs_.push_back(input);
      });
    }
  }

  [[nodiscard]] std::span<const NodeId> takers(NodeId node) const {
    return std::span(takers_).subspan(starts_[node], starts_[node + 1] - starts_[node]);
  }
  [[nodiscard]] std::span<const NodeId> inputs(NodeId node) const {
    return std::span(inputs_).subspan(givers_[node], givers_[node + 1] - givers_[node]);
  }

  /// From readers on, as far as no place is on the way.
  void find_straight() {
    straight_from_.assign(graph_.size(), no_node);
    std::vector<NodeId> open = readers_;
    for (const NodeId node : readers_)
      straight_from_[node] = node;
    for (std::size_t at = 0; at < open.size(); ++at) {
      const NodeId from = straight_from_[open[at]];
      for (const NodeId taker : takers(open[at])) {
        if (role_[taker] == place) first_places_.push_back(taker);
        if (role_[taker] == keeping_out) cut_.straight.push_back({from, taker});
        if (role_[taker] != passing || straight_from_[taker] != no_node) continue;
        straight_from_[taker] = from;
        open.push_back(taker);
      }
    }
    std::sort(cut_.straight.begin(), cut_.straight.end(), [](const auto& a, const auto& b) {
      return std::pair(a.given_to, a.reader) < std::pair(b.given_to, b.reader);
    });
    cut_.straight.erase(std::unique(cut_.straight.begin(), cut_.straight.end()),
                        cut_.straight.end());
  }

  [[nodiscard]] bool is_seen(Side side) const { return came_from_[side] != no_side; }

  void look(Side side, Side from) {
    if (is_seen(side)) return;
    came_from_[side] = from;
    open_.push_back(side);
  }

  /// One unit more from a reader to one of the kept, by the fewest edges.
  bool is_found() {
    came_from_.assign(std::size_t{graph_.size()} * 2, no_side);
    open_.clear();
    for (const NodeId node : first_places_)
      look(in_of(node), in_of(node));
    for (std::size_t at = 0; at < open_.size(); ++at) {
      const Side side = open_[at];
      const NodeId node = node_of(side);
      if (side == out_of(node)) {
        for (const NodeId taker : takers(node)) {
          if (role_[taker] == keeping_out) {
            take_way(side, taker);
            return true;
          }
          if (role_[taker] != reader) look(in_of(taker), side);
        }
        if (through(node) > 0) look(in_of(node), side);
      } else {
        if (role_[node] == passing || through(node) == 0) look(out_of(node), side);
        for (const NodeId input : inputs(node))
          if (flow(input, node) > 0) look(out_of(input), side);
      }
    }
    return false;
  }

  void take_way(Side last, NodeId end) {
    ++flow_[key(node_of(last), end)];
    for (Side side = last; came_from_[side] != side; side = came_from_[side]) {
      const Side from = came_from_[side];
      const NodeId a = node_of(from);
      const NodeId b = node_of(side);
      if (a == b)
        through_[a] += from < side ? 1 : -1;
      else if (side == in_of(b))
        ++flow_[key(a, b)];
      else
        --flow_[key(b, a)];  // less of what flowed from b to a
    }
  }

  static std::uint64_t key(NodeId from, NodeId to) { return std::uint64_t{from} << 32 | to; }
  [[nodiscard]] int flow(NodeId from, NodeId to) const {
    const auto found = flow_.find(key(from, to));
    return found == flow_.end() ? 0 : found->second;
  }
  [[nodiscard]] int through(NodeId node) const {
    const auto found = through_.find(node);
    return found == through_.end() ? 0 : found->second;
  }

  const Graph& graph_;
  SecretCut cut_;
  std::vector<Role> role_;
  std::vector<NodeId> readers_;
  std::vector<std::uint32_t> starts_;
  std::vector<NodeId> takers_;
  std::vector<std::uint32_t> givers_;
  std::vector<NodeId> inputs_;
  std::vector<NodeId> straight_from_;  ///< the reader; nothing: only places give it the secret
  std::vector<NodeId> first_places_;
  // Few edges carry anything: as many ways as places.
  std::unordered_map<std::uint64_t, int> flow_;
  std::unordered_map<NodeId, int> through_;
  std::vector<Side> came_from_;  ///< where a search begins: itself
  std::vector<Side> open_;
};

}  // namespace

SecretCut cheapest_cut(const Facts& facts, std::span<const SecretId> secrets,
                       std::span<const NodeId> kept, std::size_t most) {
  return CutFlow(facts, secrets, kept).run(most);
}

}  // namespace oche
