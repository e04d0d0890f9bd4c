// merge.cpp - one node for each meaning.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/equal_table.hpp"
#include "graph/place_table.hpp"
#include "graph/same.hpp"

#include <algorithm>
#include <numeric>

// Goal: equal nodes (kind, label, payload, place, inputs) become the first of them.
// One sweep in topological order: `now_` maps a node to the one that stands for it, so inputs are
// compared as numbers. A random access costs more than all the rest, hence two measures:
// - the table's slots are asked for a window ahead;
// - a node can have an equal only if each of its inputs has another reader, so the first reader of
//   an input waits in `first_` and enters the table when a second one comes.
// Cost: linear in nodes and edges.

namespace oche::detail {
namespace {

constexpr NodeId entered = no_node - 1;  ///< in `first_`: has readers, none of which waits
constexpr NodeId window = 32;
constexpr std::size_t wide = 64;  ///< inputs of a node that is not worth looking ahead for

class Merger {
 public:
  explicit Merger(GraphArrays& graph)
      : graph_(graph),
        now_(graph.size()),
        first_(graph.size(), no_node),
        place_now_(graph.place_table.size()) {}

  /// How many nodes became another.
  NodeId run() {
    for (NodeId base = 0; base < graph_.size(); base += window) {
      const NodeId end = std::min(graph_.size(), base + window);
      table_.reserve(table_.count() + 4 * window);  // so that slots asked for do not move
      for (NodeId node = base; node < end; ++node)
        look_ahead(node, base);
      for (NodeId node = base; node < end; ++node)
        settle(node, node - base);
    }
    settle_places(static_cast<std::uint32_t>(place_now_.size()) - 1);
    if (!new_contexts_.empty()) graph_.contexts = std::move(new_contexts_);
    return merged_;
  }

  /// What stands for each node, still by the old numbers.
  [[nodiscard]] std::vector<NodeId> take_now() { return std::move(now_); }

 private:
  std::span<NodeId> inputs_of(NodeId node) {
    const std::uint32_t start = graph_.input_starts[node];
    return {graph_.inputs.data() + start, graph_.input_starts[node + 1] - start};
  }

  void look_ahead(NodeId node, NodeId base) {
    bool& ready = ready_[node - base];
    ready = false;
    const std::span<NodeId> inputs = inputs_of(node);
    if (!may_merge(graph_.kinds[node]) || inputs.size() >= wide || graph_.places[node] >= places_)
      return;
    for (NodeId& input : inputs) {
      if (input >= base || first_[now_[input]] == no_node) return;
      input = now_[input];
    }
    ready = true;
    hashes_[node - base] = hash_of(node);
    table_.prefetch(hashes_[node - base]);
  }

  void settle(NodeId node, NodeId slot) {
    now_[node] = node;
    settle_places(graph_.places[node]);
    graph_.places[node] = place_now_[graph_.places[node]];
    const std::span<NodeId> inputs = inputs_of(node);
    bool possible = true;
    for (NodeId& input : inputs) {
      input = now_[input];
      possible = possible && first_[input] != no_node;
    }
    if (!may_merge(graph_.kinds[node])) return;
    if (!possible) {
      wait(node, inputs);
      return;
    }
    for (const NodeId input : inputs) {
      if (first_[input] == entered) continue;
      const NodeId waiting = std::exchange(first_[input], entered);
      table_.put(hash_of(waiting), waiting);
    }
    const std::uint32_t hash = ready_[slot] ? hashes_[slot] : hash_of(node);
    const NodeId equal = table_.find(hash, [&](NodeId other) { return are_same(node, other); });
    if (equal == no_node) {
      table_.put(hash, node);
    } else {
      now_[node] = equal;
      ++merged_;
    }
  }

  void wait(NodeId node, std::span<const NodeId> inputs) {
    bool waits = false;
    for (const NodeId input : inputs) {
      if (first_[input] != no_node) continue;
      first_[input] = waits ? entered : node;
      waits = true;
    }
  }

  /// Places whose contexts became one become one. A place is numbered before the nodes in it, and
  /// after its contexts.
  void settle_places(std::uint32_t last) {
    for (; places_ <= last; ++places_) {
      Place& place = graph_.place_table[places_];
      place_now_[places_] = places_;
      if (graph_.contexts.empty() || places_ == 0) continue;
      place.parent = place_now_[place.parent];
      const Place& parent = graph_.place_table[place.parent];
      place.context_start = parent.context_start;
      place.context_count = parent.context_count;
      if (place.kind == ScopeKind::context) {
        place.what = now_[place.what];
        extend_contexts(new_contexts_, place, place.what);
      }
      const std::uint64_t key = std::uint64_t{place.parent} << 32 | place.what;
      auto& known = known_[static_cast<std::size_t>(place.kind)];
      place_now_[places_] = known.try_emplace(key, places_).first->second;
    }
  }

  std::uint32_t hash_of(NodeId node) {
    std::uint64_t hash = mix(own_hash(*graph_.terms[node]), place_now_[graph_.places[node]]);
    for (const NodeId input : inputs_of(node))
      hash = mix(hash, input);
    return static_cast<std::uint32_t>(hash ^ hash >> 29);
  }

  bool are_same(NodeId a, NodeId b) {
    const std::span<const NodeId> of_a = inputs_of(a);
    const std::span<const NodeId> of_b = inputs_of(b);
    return graph_.kinds[a] == graph_.kinds[b] && graph_.places[a] == graph_.places[b] &&
           std::equal(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) &&
           own_same(*graph_.terms[a], *graph_.terms[b]);
  }

  GraphArrays& graph_;
  std::vector<NodeId> now_;
  std::vector<NodeId> first_;  ///< by node: who waits for a second reader of it
  std::vector<std::uint32_t> place_now_;
  std::uint32_t places_ = 0;  ///< how many are settled
  std::vector<NodeId> new_contexts_;
  std::unordered_map<std::uint64_t, std::uint32_t> known_[3];
  EqualTable table_;
  std::uint32_t hashes_[window] = {};
  bool ready_[window] = {};
  NodeId merged_ = 0;
};

/// By counting, since as many may be merged as there are nodes.
void sort_by_node(std::vector<std::pair<NodeId, const Node*>>& merged, NodeId nodes) {
  std::vector<std::uint32_t> starts(nodes + std::size_t{1}, 0);
  for (const auto& [node, term] : merged)
    ++starts[node];
  std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), std::uint32_t{0});
  std::vector<std::pair<NodeId, const Node*>> sorted(merged.size());
  for (const auto& entry : merged)
    sorted[starts[entry.first]++] = entry;
  merged = std::move(sorted);
}

/// Closes the gaps. `now` gives old numbers; afterwards it gives new ones.
void compact(GraphArrays& graph, std::vector<NodeId> now) {
  const NodeId old_size = graph.size();
  NodeId size = 0;
  std::uint32_t edges = 0;
  for (NodeId node = 0; node < old_size; ++node) {
    if (now[node] != node) {
      now[node] = now[now[node]];  // smaller, so already new
      graph.merged.push_back({now[node], graph.terms[node]});
      continue;
    }
    const std::uint32_t start = graph.input_starts[node];
    const std::uint32_t end = graph.input_starts[node + 1];
    graph.terms[size] = graph.terms[node];
    graph.kinds[size] = graph.kinds[node];
    graph.places[size] = graph.places[node];
    graph.input_starts[size] = edges;
    for (std::uint32_t i = start; i < end; ++i)
      graph.inputs[edges++] = now[graph.inputs[i]];
    now[node] = size++;
  }
  graph.terms.resize(size);
  graph.kinds.resize(size);
  graph.places.resize(size);
  graph.input_starts[size] = edges;
  graph.input_starts.resize(size + std::size_t{1});
  graph.inputs.resize(edges);
  for (NodeId& context : graph.contexts)
    context = now[context];
  for (std::size_t i = 1; i < graph.templates.size(); ++i) {
    Template& one = graph.templates[i];
    for (NodeId* node : {&one.expand, &one.item, &one.body, &one.collect})
      *node = now[*node];
  }
  graph.root = now[graph.root];
  sort_by_node(graph.merged, size);
}

void trim(GraphArrays& graph) {
  if (std::all_of(graph.places.begin(), graph.places.end(), [](auto place) { return place == 0; }))
    graph.places = {};
  const auto fit = [](auto& list) {
    if (list.capacity() > list.size() + list.size() / 8) list.shrink_to_fit();
  };
  fit(graph.terms);
  fit(graph.kinds);
  fit(graph.places);
  fit(graph.input_starts);
  fit(graph.inputs);
}

}  // namespace

void merge_equal(GraphArrays& graph) {
  Merger merger(graph);
  if (merger.run() == 0) return;
  compact(graph, merger.take_now());
}

void connect(GraphArrays& graph) {
  const NodeId size = graph.size();
  std::vector<std::uint32_t>& starts = graph.reader_starts;
  starts.assign(size + std::size_t{1}, 0);
  for (const NodeId input : graph.inputs)
    ++starts[input];
  std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), std::uint32_t{0});
  graph.readers.resize(graph.inputs.size());
  for (NodeId node = 0; node < size; ++node) {
    std::uint32_t position = 0;
    for (const NodeId input : graph.inputs_of(node))
      graph.readers[starts[input]++] = {node, position++};
  }
  // Each start has moved to the end of its own run, which is the start of the next.
  for (NodeId node = size; node > 0; --node)
    starts[node] = starts[node - 1];
  starts[0] = 0;
  if (graph.templates.size() > 1)
    for (NodeId node = 0; node < size; ++node)
      if (const TemplateId one = graph.place(node).of_template; one != 0)
        graph.templates[one].nodes.push_back(node);
  trim(graph);
}

}  // namespace oche::detail
