// time_cells.cpp - lays out a graph's templates, once for each item.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_cells.hpp"

#include <algorithm>

// A template's own nodes are laid out, item after item, where its list stands: what they read of
// outer templates has smaller numbers and is there by then, and only the list reads them. The cell
// of a node is then always the one of the item that is being laid out. A stack of frames stands for
// templates in templates.

namespace oche::detail::forecast {
namespace {

std::string_view without(std::string_view path, std::string_view prefix) {
  if (!prefix.empty() && path.starts_with(prefix)) path.remove_prefix(prefix.size());
  if (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

class Layout {
 public:
  Layout(const Facts& facts, const Assumptions& assumptions)
      : facts_(facts),
        graph_(facts.graph()),
        assumptions_(assumptions),
        known_(learn_items(graph_, assumptions.durations)),
        cell_of_(graph_.size()) {}

  Cells run() {
    made_.nodes.reserve(graph_.size());
    made_.item_of.reserve(graph_.size());
    made_.starts.reserve(graph_.size() + 1);
    std::vector<NodeId> outermost;
    for (NodeId node = 0; node < graph_.size(); ++node) {
      if (graph_.template_of(node) == 0) outermost.push_back(node);
    }
    stack_.push_back({.nodes = outermost});
    while (!stack_.empty())
      step();
    made_.root = cell_of_[graph_.root()];
    return std::move(made_);
  }

 private:
  struct Frame {
    TemplateId of = 0;
    std::span<const NodeId> nodes;
    std::size_t next = 0;
    ItemId item = 0;
    std::vector<std::string> names = {};
    std::string list = {};       ///< what the names of its items are put behind
    std::size_t at = 0;          ///< in names
    std::size_t first_body = 0;  ///< in bodies_
  };

  void step() {
    Frame& frame = stack_.back();
    if (frame.next < frame.nodes.size()) {
      const NodeId node = frame.nodes[frame.next++];
      if (is_list(graph_.kind(node))) {
        open(node, frame.item);
      } else {
        add(node, frame.item);
      }
      return;
    }
    if (frame.of == 0) return stack_.pop_back();
    const Template& of = graph_.templates()[frame.of];
    bodies_.push_back(cell_of_[of.body]);
    if (++frame.at < frame.names.size()) return begin_item(frame);
    const std::size_t first_body = frame.first_body;
    stack_.pop_back();
    add_list(of.collect, stack_.back().item, first_body);
  }

  void open(NodeId list, ItemId outer) {
    const TemplateId owned = graph_.owned_template(list);
    const Template& of = graph_.templates()[owned];
    Frame frame{.of = owned, .nodes = of.nodes, .first_body = bodies_.size()};
    const std::string& group = graph_.groups()[of.group].path;
    const std::string& outer_group = plain(outer);
    std::string_view rest = without(group, outer_group);
    rest.remove_suffix(1);  // the star
    frame.list = made_.items[outer].named;
    if (!frame.list.empty()) frame.list += '/';
    frame.list += rest;
    frame.names = names_of(owned, group.substr(0, group.size() - 1), frame.list);
    if (frame.names.empty()) return add_list(list, outer, bodies_.size());
    begin_item(frame);
    stack_.push_back(std::move(frame));
  }

  const std::string& plain(ItemId item) const {
    static const std::string none;
    if (item == 0) return none;
    return graph_.groups()[graph_.templates()[made_.items[item].of].group].path;
  }

  /// Both prefixes end in a slash, unless they are empty.
  std::vector<std::string> names_of(TemplateId of, std::string pattern, std::string list) {
    if (list.ends_with('/')) list.pop_back();
    if (pattern.ends_with('/')) pattern.pop_back();
    for (const std::string& path : {list, pattern}) {
      const auto given = assumptions_.items.find(path);
      if (given != assumptions_.items.end()) return given->second;
    }
    if (const auto known = known_.find(list); known != known_.end())
      return {known->second.begin(), known->second.end()};
    const SizeBounds bounds = facts_.bounds(of);
    const std::uint64_t most = bounds.most.value_or(~std::uint64_t{0});
    const std::uint64_t count = std::min(std::max<std::uint64_t>(bounds.least, 1), most);
    if (bounds.least != most) made_.guessed.push_back(pattern);
    if (count == 1) return {"*"};
    std::vector<std::string> numbers;
    for (std::uint64_t i = 1; i <= count; ++i)
      numbers.push_back(std::to_string(i));
    return numbers;
  }

  void begin_item(Frame& frame) {
    frame.next = 0;
    frame.item = static_cast<ItemId>(made_.items.size());
    made_.items.push_back({frame.of, frame.list + frame.names[frame.at]});
  }

  void add(NodeId node, ItemId item) {
    if (graph_.kind(node) == Kind::item && graph_.template_of(node) != 0) {
      made_.all_inputs.push_back(cell_of_[graph_.templates()[graph_.template_of(node)].expand]);
    }
    for (const NodeId input : graph_.inputs(node))
      made_.all_inputs.push_back(cell_of_[input]);
    close(node, item);
  }

  void add_list(NodeId list, ItemId item, std::size_t first_body) {
    made_.all_inputs.push_back(cell_of_[graph_.inputs(list)[0]]);
    made_.all_inputs.insert(made_.all_inputs.end(), bodies_.begin() + static_cast<long>(first_body),
                            bodies_.end());
    bodies_.resize(first_body);
    close(list, item);
  }

  void close(NodeId node, ItemId item) {
    cell_of_[node] = made_.size();
    made_.nodes.push_back(node);
    made_.item_of.push_back(item);
    made_.starts.push_back(static_cast<std::uint32_t>(made_.all_inputs.size()));
  }

  const Facts& facts_;
  const Graph& graph_;
  const Assumptions& assumptions_;
  const KnownItems known_;
  std::vector<CellId> cell_of_;
  std::vector<Frame> stack_;
  std::vector<CellId> bodies_;
  Cells made_;
};

}  // namespace

std::string Cells::path(const Graph& graph, CellId cell) const {
  const Item& item = items[item_of[cell]];
  const std::string_view path = graph.path(nodes[cell]);
  if (item.of == 0) return std::string(path);
  const std::string& group = graph.groups()[graph.templates()[item.of].group].path;
  return item.named + "/" + std::string(without(path, group));
}

std::string list_path(const Graph& graph, TemplateId of) {
  const std::string& group = graph.groups()[graph.templates()[of].group].path;
  return group.substr(0, group.size() - std::min<std::size_t>(2, group.size()));
}

Cells lay_out(const Facts& facts, const Assumptions& assumptions) {
  return Layout(facts, assumptions).run();
}

}  // namespace oche::detail::forecast
