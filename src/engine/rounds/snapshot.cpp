// snapshot.cpp - draws up a Snapshot of an evaluation.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/snapshot.hpp"

namespace oche::detail::rounds {
namespace {

/// What is shown of a template's node where its instances differ: the state that most needs a
/// person.
int weight(State state) {
  switch (state) {
    case State::not_wanted:
      return 0;
    case State::skipped:
      return 1;
    case State::ok:
      return 2;
    case State::blocked:
      return 3;
    case State::ready:
      return 4;
    case State::running:
      return 5;
    case State::awaiting_approval:
      return 6;
    case State::cancelled:
      return 7;
    case State::timed_out:
      return 8;
    case State::errored:
      return 9;
    case State::failed:
      return 10;
  }
  return 0;
}

class Viewer {
 public:
  Viewer(const World& world, const Rounds::Decorate& decorate)
      : world_(world), decorate_(decorate) {}

  Snapshot run() {
    const Graph& graph = world_.graph;
    made_.nodes.resize(graph.size());
    made_.counts = world_.counts;
    for (NodeId node = 0; node < graph.size(); ++node)
      if (graph.template_of(node) == 0) made_.nodes[node] = view(node);
    add_lists(world_.regions[0]->top, made_.lists);
    return std::move(made_);
  }

 private:
  [[nodiscard]] NodeView view(CellId id) const {
    NodeView seen;
    seen.state = world_.state_of(id);
    seen.stale = seen.state == State::ok && world_.outcome(id).stale;
    seen.text = world_.text(id);
    if (seen.state == State::blocked) seen.origin = node_in_graph(world_.cells[id].origin());
    if (decorate_) decorate_(id, seen);
    return seen;
  }

  /// For what is in a hole, the hole.
  [[nodiscard]] NodeId node_in_graph(CellId id) const {
    while (world_.region_of(world_.cells[id].owner).hole != no_cell)
      id = world_.region_of(world_.cells[id].owner).hole;
    return world_.node_of(id);
  }

  // Recurses over templates within templates only, as the Snapshot itself does.
  void add_lists(InstanceId in, std::vector<std::pair<NodeId, std::vector<ItemView>>>& out) {
    const Region& region = world_.region_of(in);
    for (const NodeId node : region.layout.special[world_.instances[in].of]) {
      if (region.graph->kind(node) != Kind::expand) continue;
      const ListSide& list = *world_.lists[world_.cells[world_.cell_of(in, node)].side];
      if (!list.list) {
        show_unknown(list, in, node);
        continue;
      }
      std::vector<ItemView> items;
      list.order.each(0, [&](InstanceId item) {
        items.push_back(view_item(item));
        return true;
      });
      out.emplace_back(node, std::move(items));
    }
  }

  ItemView view_item(InstanceId in) {
    const Template& of = world_.graph.templates()[world_.instances[in].of];
    ItemView seen;
    seen.name = world_.item_name(in);
    seen.path = world_.prefix_of(in).named;
    for (const NodeId node : of.nodes) {
      seen.nodes.push_back(view(world_.cell_of(in, node)));
      add_up(node, seen.nodes.back());
    }
    add_lists(in, seen.lists);
    return seen;
  }

  /// The template of a list that was never known is blocked by whatever the list waits for.
  void show_unknown(const ListSide& list, InstanceId in, NodeId node) {
    const Cell& expand = world_.cells[world_.cell_of(in, node)];
    if (expand.wants == 0 || expand.status() == Status::unborn || expand.status() == Status::ok)
      return;
    NodeView blocked;
    blocked.state = State::blocked;
    blocked.origin = node_in_graph(expand.origin());
    for (const NodeId inside : world_.graph.templates()[list.of].nodes)
      add_up(inside, blocked);
  }

  void add_up(NodeId node, const NodeView& one) {
    NodeView& sum = made_.nodes[node];
    const bool stale = sum.stale || one.stale;
    if (weight(one.state) > weight(sum.state)) sum = one;
    sum.stale = stale;
  }

  const World& world_;
  const Rounds::Decorate& decorate_;
  Snapshot made_;
};

}  // namespace

Snapshot snapshot_of(const World& world, const Rounds::Decorate& decorate) {
  return Viewer(world, decorate).run();
}

}  // namespace oche::detail::rounds
