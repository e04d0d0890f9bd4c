// compile.cpp - walks a term once, without recursion, into flat arrays.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/place_table.hpp"

#include <algorithm>
#include <stdexcept>

// Goal: nodes in an order in which inputs come before their readers, templates inline (G1).
// A stack of frames stands for the calls of a depth-first walk; `values_` holds the numbers of the
// inputs that the open frames have gathered. A node to which only one reference exists has only the
// reader from which we came, so it is not entered in the index. A list becomes three nodes: its
// expand and its item once its list is there, itself after its body.
// Invariant: contexts are compiled before the first node that stands in them.
// Cost: linear in nodes and edges.

namespace oche::detail {
namespace {

constexpr std::uint32_t no_place = ~std::uint32_t{0};

class Compiler {
 public:
  Compiler(GraphArrays& graph, const Scope* within)
      : graph_(graph), places_(graph, within), within_(within) {}

  void run() {
    graph_.input_starts.push_back(0);
    stack_.push_back({graph_.root_term.node(), 0, no_place, true});
    while (!stack_.empty())
      step();
    graph_.root = values_.back();
  }

 private:
  struct Frame {
    const Node* node;
    std::uint32_t next;   ///< the input to look at
    std::uint32_t place;  ///< none until its contexts are compiled
    bool is_input;        ///< of the frame below; contexts are not
  };

  void step() {
    Frame& frame = stack_.back();
    const Node& node = *frame.node;
    if (frame.place == no_place) {
      const auto [place, missing] = places_.place_of(node, seen_);
      if (missing != nullptr) {
        stack_.push_back({missing, 0, no_place, false});
        return;
      }
      frame.place = place;
      // By the time they are come to, what is behind the first one has been walked through.
      const auto inputs = node.inputs();
      for (const Node* input : inputs.subspan(0, std::min<std::size_t>(inputs.size(), 4)))
        __builtin_prefetch(input);
      if (node.input_count > 1024) make_room(node.input_count);
    }
    if (frame.next == 1 && is_list(node.kind)) {
      open_template(node, frame.place);
      frame.next = 2;
    }
    if (frame.next < node.input_count) {
      descend(frame);
      return;
    }
    finish(frame);
  }

  void descend(Frame& frame) {
    const std::span<const Node* const> inputs = frame.node->inputs();
    const Node* const input = inputs[frame.next++];
    if (frame.next + 4 < inputs.size()) __builtin_prefetch(inputs[frame.next + 4]);
    if (input->references.load(std::memory_order_relaxed) > 1) {
      if (const NodeId id = seen_.at(input); id != no_node) {
        values_.push_back(id);
        return;
      }
      if (input->kind == Kind::item) check_item(*input, *frame.node);
    }
    stack_.push_back({input, 0, no_place, true});
  }

  void finish(Frame& frame) {
    const Frame done = frame;
    const Node& node = *done.node;
    stack_.pop_back();
    const std::uint32_t count = node.kind == Kind::item ? 0
                                : is_list(node.kind)    ? 2
                                                        : node.input_count;
    const std::span<const NodeId> inputs(values_.data() + (values_.size() - count), count);
    const NodeId id = add(node, node.kind, done.place, inputs);
    if (graph_.templates.size() > 1) check_inputs(node, done.place, inputs);
    if (is_list(node.kind)) close_template(id, inputs);
    values_.resize(values_.size() - count);
    if (done.is_input) values_.push_back(id);
    if (!done.is_input || node.references.load(std::memory_order_relaxed) > 1) seen_.at(&node) = id;
  }

  NodeId add(const Node& node, Kind kind, std::uint32_t place, std::span<const NodeId> inputs) {
    const NodeId id = graph_.size();
    graph_.terms.push_back(&node);
    graph_.kinds.push_back(kind);
    graph_.places.push_back(place);
    graph_.inputs.insert(graph_.inputs.end(), inputs.begin(), inputs.end());
    if (graph_.inputs.size() >= no_node) throw std::length_error("oche: a graph of 2^32 edges");
    graph_.input_starts.push_back(static_cast<std::uint32_t>(graph_.inputs.size()));
    return id;
  }

  /// The list's number is on top of `values_`; the expand takes its place.
  void open_template(const Node& list, std::uint32_t place) {
    const Node& item = *list.inputs()[1];
    const NodeId source = values_.back();
    const NodeId expand = add(list, Kind::expand, place, {&source, 1});
    if (graph_.templates.size() > 1) check_inputs(list, place, {&source, 1});
    const std::uint32_t inside = places_.add_template(list, item, place);
    const NodeId id = add(item, Kind::item, inside, {});
    seen_.at(&item) = id;
    graph_.templates.back().expand = expand;
    graph_.templates.back().item = id;
    values_.back() = expand;
  }

  void close_template(NodeId list, std::span<const NodeId> inputs) {
    // Its item was numbered directly after its expand.
    Template& owned = graph_.templates[graph_.place(inputs[0] + 1).of_template];
    owned.body = inputs[1];
    owned.collect = list;
  }

  void check_item(const Node& item, const Node& reader) const {
    const Scope* link = within_ == nullptr ? nullptr : within_->item_scope;
    for (; link != nullptr; link = link->parent == nullptr ? nullptr : link->parent->item_scope)
      if (link->node == &item) return;
    refuse_outside(item, reader);
  }

  void check_inputs(const Node& node, std::uint32_t place, std::span<const NodeId> inputs) const {
    const TemplateId here = graph_.place_table[place].of_template;
    for (const NodeId input : inputs) {
      const TemplateId there = graph_.place(input).of_template;
      if (there == 0 || there == here || encloses(there, here)) continue;
      const bool is_body = is_list(node.kind) && inputs.size() == 2 && input == inputs[1];
      if (is_body && there == graph_.place(inputs[0] + 1).of_template) continue;
      refuse_outside(*graph_.terms[input], node);
    }
  }

  /// Parents have smaller numbers than what is in them.
  bool encloses(TemplateId outer, TemplateId inner) const {
    while (inner > outer)
      inner = graph_.templates[inner].parent;
    return inner == outer;
  }

  void make_room(std::size_t inputs) {
    const auto more = [](auto& list, std::size_t by) {
      if (list.capacity() < list.size() + by)
        list.reserve(std::max(list.size() + by, list.capacity() * 2));
    };
    more(graph_.terms, 2 * inputs);
    more(graph_.kinds, 2 * inputs);
    more(graph_.places, 2 * inputs);
    more(graph_.input_starts, 2 * inputs);
    more(graph_.inputs, 2 * inputs);
    more(values_, inputs);
  }

  GraphArrays& graph_;
  PlaceTable places_;
  const Scope* within_;
  NodeIndex seen_;
  std::vector<Frame> stack_;
  std::vector<NodeId> values_;
};

}  // namespace

void compile(GraphArrays& graph, const Scope* within) {
  const Node& root = *graph.root_term.node();
  if (root.kind == Kind::item && within == nullptr) refuse_outside(root, root);
  Compiler(graph, within).run();
}

}  // namespace oche::detail
