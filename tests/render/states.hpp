// states.hpp - snapshots made by hand.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/snapshot.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oche::tests {

/// Every node is in `others`, but those whose path is named.
inline Snapshot snapshot_of(const Graph& graph, State others,
                            const std::map<std::string, State, std::less<>>& named) {
  Snapshot snapshot;
  snapshot.nodes.resize(graph.size());
  for (NodeId node = 0; node < graph.size(); ++node) {
    const auto found = named.find(graph.path(node));
    snapshot.nodes[node].state = found == named.end() ? others : found->second;
    if (snapshot.nodes[node].state == State::failed) snapshot.nodes[node].text = "exit status 1";
  }
  return snapshot;
}

/// An item of a template all of whose nodes are in one state.
inline ItemView item_of(const Graph& graph, TemplateId one, std::string name, State state) {
  ItemView item;
  const std::string& star = graph.groups()[graph.templates()[one].group].path;
  item.path = star.substr(0, star.size() - 1) + name;
  item.name = std::move(name);
  item.nodes.resize(graph.templates()[one].nodes.size());
  for (NodeView& node : item.nodes)
    node.state = state;
  return item;
}

}  // namespace oche::tests
