// sketch.cpp - every node and every drawn item of a graph, before anything is left out.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/sketch.hpp"

#include "graph/arrays.hpp"

#include <algorithm>

namespace oche::detail {
namespace {

using Lists = std::vector<std::pair<NodeId, std::vector<ItemView>>>;

const std::vector<ItemView>* items_of(const Lists& lists, NodeId expand) {
  const auto found = std::find_if(lists.begin(), lists.end(),
                                  [&](const auto& list) { return list.first == expand; });
  return found == lists.end() ? nullptr : &found->second;
}

class Sketcher {
 public:
  Sketcher(const Graph& graph, const PictureOptions& options, const Snapshot* snapshot)
      : graph_(graph),
        snapshot_(snapshot != nullptr && snapshot->nodes.size() == graph.size() ? snapshot
                                                                                : nullptr),
        spot_of_(graph.size(), nothing),
        frame_of_(graph.groups().size(), nothing),
        template_of_group_(graph.groups().size(), 0),
        groups_in_(graph.templates().size()),
        drawn_(graph.templates().size(), false) {
    for (std::size_t i = 1; i < frame_of_.size(); ++i) {
      const Group& group = graph.groups()[i];
      template_of_group_[i] = group.item_of != 0 ? group.item_of : template_of_group_[group.parent];
      groups_in_[template_of_group_[i]].push_back(static_cast<GroupId>(i));
    }
    frame_of_[0] = 0;
    sketch_.frames.emplace_back();
    choose_drawn(options);
  }

  Sketch run() {
    sketch_.spots.reserve(graph_.size());
    sketch_.wires.reserve(graph_.arrays().inputs.size());
    if (snapshot_ != nullptr && graph_.templates().size() > 1) {
      counts_.resize(graph_.size());
      count_instances(snapshot_->lists);
    }
    for (NodeId node = 0; node < graph_.size(); ++node) {
      if (in_drawn_[graph_.template_of(node)]) continue;  // comes with its list
      if (is_list(graph_.kind(node)) && drawn_[graph_.owned_template(node)])
        draw_items(graph_.owned_template(node), *items_of(snapshot_->lists, input(node, 0)));
      add(node, view_of(node));
    }
    return std::move(sketch_);
  }

 private:
  NodeId input(NodeId node, std::size_t i) const { return graph_.inputs(node)[i]; }

  const NodeView* view_of(NodeId node) const {
    return snapshot_ == nullptr ? nullptr : &snapshot_->nodes[node];
  }

  /// Which templates are drawn item by item: those asked for, in others that are.
  void choose_drawn(const PictureOptions& options) {
    in_drawn_.assign(drawn_.size(), false);
    if (snapshot_ == nullptr) return;
    for (TemplateId one = 1; one < drawn_.size(); ++one) {
      const Template& list = graph_.templates()[one];
      const std::string& path = graph_.groups()[list.group].path;
      const bool is_asked =
          options.expanded.contains(path) ||
          (path.size() > 2 && options.expanded.contains(path.substr(0, path.size() - 2)));
      const bool is_known = list.parent == 0 ? items_of(snapshot_->lists, list.expand) != nullptr
                                             : drawn_[list.parent];
      drawn_[one] = is_asked && is_known;
      in_drawn_[one] = drawn_[one] || in_drawn_[list.parent];
    }
  }

  /// Recursion: as deep as drawn lists are nested in each other.
  void draw_items(TemplateId one, const std::vector<ItemView>& items) {
    const Template& list = graph_.templates()[one];
    const std::string& star = graph_.groups()[list.group].path;
    const std::uint32_t around = add_frame({.parent = frame_of(graph_.groups()[list.group].parent),
                                            .kind = FrameKind::items,
                                            .group = list.group,
                                            .id = path_here(star),
                                            .title = graph_.groups()[list.group].name,
                                            .items = static_cast<std::uint32_t>(items.size())});
    std::vector<std::uint32_t> bodies;
    const std::uint32_t outer = item_;
    for (const ItemView& item : items) {
      for (const GroupId group : groups_in_[one])
        frame_of_[group] = nothing;
      frame_of_[list.group] = add_frame({.parent = around,
                                         .kind = FrameKind::item,
                                         .group = list.group,
                                         .id = item.path,
                                         .title = item.name,
                                         .items = {}});
      item_ = static_cast<std::uint32_t>(sketch_.items.size());
      sketch_.items.push_back({&item, star});
      const bool is_complete = item.nodes.size() == list.nodes.size();
      for (std::size_t i = 0; i < list.nodes.size(); ++i) {
        const NodeId node = list.nodes[i];
        if (is_list(graph_.kind(node)) && drawn_[graph_.owned_template(node)]) {
          static const std::vector<ItemView> none;
          const auto* inner = items_of(item.lists, input(node, 0));
          draw_items(graph_.owned_template(node), inner == nullptr ? none : *inner);
        } else if (is_list(graph_.kind(node))) {
          forget(graph_.owned_template(node));
          if (const auto* inner = items_of(item.lists, input(node, 0)))
            count_items(graph_.owned_template(node), *inner);
          add_inside(graph_.owned_template(node));
        }
        add(node, is_complete ? &item.nodes[i] : nullptr);
      }
      bodies.push_back(spot_of_[list.body]);
      item_ = outer;
    }
    bodies_of_[one] = std::move(bodies);
  }

  /// A template in a drawn item that is itself not drawn item by item: once for each outer item.
  void add_inside(TemplateId one) {
    for (const GroupId group : groups_in_[one])
      frame_of_[group] = nothing;
    for (const NodeId node : graph_.templates()[one].nodes) {
      if (is_list(graph_.kind(node))) add_inside(graph_.owned_template(node));
      add(node, nullptr);
    }
  }

  void add(NodeId node, const NodeView* view) {
    Spot spot;
    spot.node = node;
    spot.frame = frame_of(graph_.group(node));
    spot.view = view;
    spot.item = item_;
    const TemplateId one = graph_.template_of(node);
    if (one != 0 && !drawn_[one] && snapshot_ != nullptr) {
      sketch_.counts.push_back(counts_[node]);
      spot.counts = &sketch_.counts.back();
    }
    spot.first = static_cast<std::uint32_t>(sketch_.wires.size());
    add_wires(node);
    add_contexts(node);
    spot.last = static_cast<std::uint32_t>(sketch_.wires.size());
    spot_of_[node] = static_cast<std::uint32_t>(sketch_.spots.size());
    sketch_.spots.push_back(spot);
  }

  void wire(NodeId from, Edge kind, const char* label = nullptr) {
    if (spot_of_[from] != nothing) sketch_.wires.push_back({spot_of_[from], kind, label});
  }

  void add_wires(NodeId node) {
    const Kind kind = graph_.kind(node);
    if (kind == Kind::item && graph_.template_of(node) != 0)
      wire(graph_.templates()[graph_.template_of(node)].expand, Edge::data);
    const std::span<const NodeId> inputs = graph_.inputs(node);
    if (is_list(kind)) {
      add_bodies(node);
      return;
    }
    for (std::uint32_t i = 0; i < inputs.size(); ++i) {
      const char* label = nullptr;
      if (kind == Kind::or_else && i == 1) label = "else";
      if (kind == Kind::advisory) label = "advisory";
      wire(inputs[i], graph_.edge(node, i), label);
    }
  }

  /// What a list holds comes from its bodies; from the list itself only if no body depends on it.
  void add_bodies(NodeId node) {
    const TemplateId one = graph_.owned_template(node);
    const Edge kind = graph_.edge(node, 1);
    if (drawn_[one]) {
      for (const std::uint32_t body : bodies_of_[one])
        sketch_.wires.push_back({body, kind, nullptr});
      if (bodies_of_[one].empty()) wire(input(node, 0), Edge::data);
      return;
    }
    wire(input(node, 1), kind);
    if (graph_.template_of(input(node, 1)) != one) wire(input(node, 0), Edge::data);
  }

  /// Only what enters a context is drawn after it; the rest follows.
  void add_contexts(NodeId node) {
    const std::span<const NodeId> contexts = graph_.contexts(node);
    const std::size_t few = std::min<std::size_t>(contexts.size(), 4);
    for (const NodeId context : contexts.last(few)) {
      bool is_inside = false;
      for (const NodeId input : graph_.inputs(node)) {
        const std::span<const NodeId> theirs = graph_.contexts(input);
        is_inside = is_inside || input == context ||
                    std::find(theirs.begin(), theirs.end(), context) != theirs.end();
      }
      if (!is_inside) wire(context, Edge::context);
    }
  }

  std::uint32_t add_frame(SketchFrame frame) {
    sketch_.frames.push_back(std::move(frame));
    return static_cast<std::uint32_t>(sketch_.frames.size() - 1);
  }

  std::string path_here(const std::string& path) const {
    if (item_ == nothing) return path;
    return in_item(path, sketch_.items[item_].star, sketch_.items[item_].view->path);
  }

  std::uint32_t frame_of(GroupId group) {
    // A loop, since sections may be nested as deep as nodes.
    std::vector<GroupId> missing;
    for (; frame_of_[group] == nothing; group = graph_.groups()[group].parent)
      missing.push_back(group);
    std::uint32_t frame = frame_of_[group];
    for (; !missing.empty(); missing.pop_back()) {
      const GroupId next = missing.back();
      const Group& named = graph_.groups()[next];
      SketchFrame made;
      made.parent = frame;
      made.kind = named.item_of != 0 ? FrameKind::each : FrameKind::section;
      made.group = next;
      made.id = path_here(named.path);
      made.title = named.name;
      made.items = known_items(named.item_of);
      frame = frame_of_[next] = add_frame(std::move(made));
    }
    return frame;
  }

  std::optional<std::uint32_t> known_items(TemplateId one) const {
    if (one == 0 || snapshot_ == nullptr) return {};
    const Lists& lists = item_ == nothing ? snapshot_->lists : sketch_.items[item_].view->lists;
    const auto* items = items_of(lists, graph_.templates()[one].expand);
    if (items == nullptr) return {};
    return static_cast<std::uint32_t>(items->size());
  }

  // ---- the states of the instances of templates that are drawn once -----------------------------

  void count_instances(const Lists& lists) {
    for (const auto& [expand, items] : lists)
      count_items(graph_.owned_template(expand), items);
  }

  /// Recursion: as deep as lists are nested in each other.
  void count_items(TemplateId one, const std::vector<ItemView>& items) {
    const std::vector<NodeId>& nodes = graph_.templates()[one].nodes;
    for (const ItemView& item : items) {
      for (std::size_t i = 0; i < std::min(nodes.size(), item.nodes.size()); ++i)
        ++counts_[nodes[i]][static_cast<std::size_t>(item.nodes[i].state)];
      count_instances(item.lists);
    }
  }

  void forget(TemplateId one) {
    for (const NodeId node : graph_.templates()[one].nodes) {
      counts_[node] = {};
      if (is_list(graph_.kind(node))) forget(graph_.owned_template(node));
    }
  }

  const Graph& graph_;
  const Snapshot* snapshot_;
  Sketch sketch_;
  std::vector<std::uint32_t> spot_of_;   ///< by node: in the present item
  std::vector<std::uint32_t> frame_of_;  ///< by group, likewise
  std::vector<TemplateId> template_of_group_;
  std::vector<std::vector<GroupId>> groups_in_;  ///< by template
  std::vector<bool> drawn_;                      ///< by template: item by item
  std::vector<bool> in_drawn_;                   ///< by template: it, or one around it
  std::vector<StateCounts> counts_;              ///< by node
  std::vector<std::vector<std::uint32_t>> bodies_of_ =
      std::vector<std::vector<std::uint32_t>>(graph_.templates().size());
  std::uint32_t item_ = nothing;
};

}  // namespace

std::string in_item(std::string_view path, std::string_view star_path, std::string_view item_path) {
  if (path == star_path) return std::string(item_path);
  if (path.size() > star_path.size() && path.substr(0, star_path.size()) == star_path &&
      path[star_path.size()] == '/')
    return std::string(item_path).append(path.substr(star_path.size()));
  // A path so long that its beginning was folded.
  return std::string(path).append(" @").append(item_path);
}

Sketch sketch_of(const Graph& graph, const PictureOptions& options, const Snapshot* snapshot) {
  return Sketcher(graph, options, snapshot).run();
}

}  // namespace oche::detail
