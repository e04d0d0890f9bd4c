// paths.cpp - gives every node a path: readable, unique, and no matter of position.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/ahead.hpp"
#include "graph/names.hpp"
#include <oche/term/payload.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

// A visible node is called by its group's path and its short name; any other by its kind and
// meaning. While several have one path, all of them get something more, in this order:
//   1. the labels of the `all`s through which alone they are reached,
//   2. their meaning and contexts (two that differ only there differ here),
//   3. nothing tells them apart: a number in the order of their source lines.
// Since all that share a path change alike, it does not matter which came first.
// Cost: linear; the table of paths is filled once for each round, three or four times.

namespace oche::detail {
namespace {

constexpr std::uint64_t unreached = ~std::uint64_t{0};
constexpr std::uint64_t shared = unreached - 1;
constexpr std::size_t longest_group = 300;
constexpr std::size_t most_branches = 3;

class Namer {
 public:
  Namer(const GraphArrays& graph, Names& names) : graph_(graph), names_(names) {}

  void run() {
    names_.meanings = meanings_of(graph_);
    names_.groups = graph_.groups;
    name_groups();
    paths_.resize(graph_.size());
    const Ahead ask_ahead(graph_, 0, 128);
    for (NodeId node = 0; node < graph_.size(); ++node) {
      ask_ahead(node);
      paths_[node] = first_path(node);
    }
    resolve([this](std::span<const NodeId> nodes) { add_branches(nodes); });
    resolve([this](std::span<const NodeId> nodes) { add_meanings(nodes); });
    while (resolve([this](std::span<const NodeId> nodes) { add_numbers(nodes); })) {
    }
    store();
  }

 private:
  // ---- groups ----------------------------------------------------------------------------------

  void name_groups() {
    std::unordered_map<std::string, std::uint32_t> uses;
    const auto key = [](const Group& group) {
      return fmt::format("{}/{}/{}", group.parent, group.item_of != 0, group.name);
    };
    for (std::size_t i = 1; i < names_.groups.size(); ++i) {
      Group& group = names_.groups[i];
      if (group.item_of != 0) group.name = list_name(graph_, group.item_of);
      ++uses[key(group)];
    }
    for (std::size_t i = 1; i < names_.groups.size(); ++i) {
      Group& group = names_.groups[i];
      std::string part = group.name.empty() && group.item_of != 0 ? "" : clean(group.name);
      std::replace(part.begin(), part.end(), '/', '-');
      if (uses[key(group)] > 1) {
        part += fmt::format(
            "~{:08x}",
            static_cast<std::uint32_t>(names_.meanings[graph_.templates[group.item_of].collect]));
      }
      if (group.item_of != 0) part += part.empty() ? "*" : "/*";
      group.path = inside(names_.groups[group.parent].path, part);
    }
    make_unique_groups();
  }

  /// Two names that become one when cleaned.
  void make_unique_groups() {
    std::unordered_map<std::string, GroupId> known;
    for (std::size_t i = 1; i < names_.groups.size(); ++i) {
      Group& group = names_.groups[i];
      while (!known.try_emplace(group.path, static_cast<GroupId>(i)).second)
        group.path += fmt::format("~{:08x}", static_cast<std::uint32_t>(lasting_hash(group.name)));
    }
  }

  static std::string inside(const std::string& group, std::string_view name) {
    if (group.empty()) return std::string(name);
    if (group.size() > longest_group)  // else a chain of sections would cost its length squared
      return fmt::format("~{:016x}/{}", lasting_hash(group), name);
    return fmt::format("{}/{}", group, name);
  }

  // ---- nodes -----------------------------------------------------------------------------------

  std::string first_path(NodeId node) const {
    const std::string& group = names_.groups[graph_.place(node).group].path;
    if (is_visible(graph_, node)) return inside(group, short_name(graph_, node));
    return inside(group, fmt::format("{}~{:016x}", name_of(graph_.kinds[node]), apart(node)));
  }

  /// Meaning and contexts.
  std::uint64_t apart(NodeId node) const {
    std::uint64_t hash = names_.meanings[node];
    const Place& place = graph_.place(node);
    for (std::uint32_t i = 0; i < std::min(place.context_count, 8u); ++i)
      hash = mix(hash, names_.meanings[graph_.contexts[place.context_start + i]]);
    return hash;
  }

  /// Calls `change` for each set of nodes that have one path. False if there was none.
  template <class Change>
  bool resolve(Change change) {
    std::size_t size = 64;
    while (size < paths_.size() * 2)
      size *= 2;
    struct Slot {
      std::uint64_t hash = 0;
      NodeId node = no_node;
    };
    std::vector<Slot> slots(size);
    std::unordered_map<NodeId, std::vector<NodeId>> clashes;
    for (NodeId node = 0; node < graph_.size(); ++node) {
      const std::uint64_t hash = std::hash<std::string>()(paths_[node]);
      std::size_t i = hash & (size - 1);
      while (slots[i].node != no_node &&
             (slots[i].hash != hash || paths_[slots[i].node] != paths_[node]))
        i = (i + 1) & (size - 1);
      if (slots[i].node == no_node)
        slots[i] = {hash, node};
      else
        clashes[slots[i].node].push_back(node);
    }
    for (auto& [first, others] : clashes) {
      others.push_back(first);
      change(others);
    }
    return !clashes.empty();
  }

  void add_branches(std::span<const NodeId> nodes) {
    if (branches_.empty()) find_branches();
    for (const NodeId node : nodes) {
      if (!is_visible(graph_, node)) continue;
      const std::string name = short_name(graph_, node);
      std::string labels;
      std::uint64_t branch = branches_[node];
      for (std::size_t i = 0; i < most_branches && branch < shared; ++i) {
        const auto all = static_cast<NodeId>(branch >> 32);
        const std::string label = clean((*all_labels(graph_, all))[branch & 0xffffffffu]);
        if (label != name) labels = labels.empty() ? label : fmt::format("{}/{}", label, labels);
        branch = branches_[all];
      }
      if (!labels.empty())
        paths_[node] = inside(names_.groups[graph_.place(node).group].path,
                              fmt::format("{}/{}", labels, name));
    }
  }

  /// By node: the nearest labelled input of an `all` through which alone it is reached.
  void find_branches() {
    branches_.assign(graph_.size(), unreached);
    for (NodeId node = graph_.size(); node-- > 0;) {
      if (branches_[node] == unreached) branches_[node] = shared;
      const std::vector<std::string>* labels = all_labels(graph_, node);
      std::uint32_t position = 0;
      for (const NodeId input : graph_.inputs_of(node)) {
        std::uint64_t branch = branches_[node];
        if (labels != nullptr && !(*labels)[position].empty())
          branch = std::uint64_t{node} << 32 | position;
        std::uint64_t& known = branches_[input];
        known = known == unreached || known == branch ? branch : shared;
        ++position;
      }
    }
  }

  void add_meanings(std::span<const NodeId> nodes) {
    std::unordered_map<std::uint32_t, std::uint64_t>
        known;  // eight digits are nearly always enough
    bool is_enough = true;
    for (const NodeId node : nodes) {
      const std::uint64_t all = apart(node);
      is_enough =
          known.try_emplace(static_cast<std::uint32_t>(all >> 32), all).first->second == all &&
          is_enough;
    }
    for (const NodeId node : nodes) {
      if (!is_visible(graph_, node)) continue;
      const std::uint64_t all = apart(node);
      paths_[node] += is_enough ? fmt::format("~{:08x}", all >> 32) : fmt::format("~{:016x}", all);
    }
  }

  void add_numbers(std::span<const NodeId> nodes) {
    std::vector<NodeId> sorted(nodes.begin(), nodes.end());
    const auto line = [this](NodeId node) {
      const std::source_location where = graph_.terms[node]->where;
      return std::tuple(std::string_view(where.file_name()), where.line(), where.column(), node);
    };
    std::sort(sorted.begin(), sorted.end(), [&](NodeId a, NodeId b) { return line(a) < line(b); });
    for (std::size_t i = 0; i < sorted.size(); ++i)
      paths_[sorted[i]] += fmt::format(".{}", i + 1);
  }

  void store() {
    std::size_t size = 0;
    for (const std::string& path : paths_)
      size += path.size();
    names_.text.reserve(size);
    names_.starts.reserve(paths_.size() + 1);
    std::size_t slots = 64;
    while (slots < paths_.size() * 2)
      slots *= 2;
    names_.slots.resize(slots);
    for (NodeId node = 0; node < graph_.size(); ++node) {
      names_.starts.push_back(names_.text.size());
      names_.text += paths_[node];
      const std::size_t hash = std::hash<std::string>()(paths_[node]);
      std::size_t i = hash & (slots - 1);
      while (names_.slots[i].node != no_node)
        i = (i + 1) & (slots - 1);
      names_.slots[i] = {NameSlot::tag_of(hash), node};
    }
    names_.starts.push_back(names_.text.size());
  }

  const GraphArrays& graph_;
  Names& names_;
  std::vector<std::string> paths_;
  std::vector<std::uint64_t> branches_;
};

}  // namespace

void name_all(const GraphArrays& graph, Names& names) {
  Namer(graph, names).run();
  for (NodeId node = 0; node < graph.size(); ++node)
    if (graph.kinds[node] == Kind::command && own_label(graph, node).empty())
      names.command_titles.emplace(node, command_title(*graph.terms[node], ' '));
}

}  // namespace oche::detail
