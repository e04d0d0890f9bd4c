// fold.cpp - turns plumbing into arrows, and what many need of many into joins.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/draft.hpp"

#include <algorithm>

// Definitions: a spot that is no box is plumbing. A plumbing spot that leads to no box is dead. One
// that comes from one box at most is an alias of it. Of the others, one with several live readers
// is drawn as a join, so that k sources and m readers cost k + m arrows, not k * m; one with a
// single
// reader is inlined into it.
// Cost: linear, since an inlined spot is walked from its only reader, and an alias is one step.

namespace oche::detail {

std::optional<BoxKind> box_kind(const Graph& graph, NodeId node) {
  switch (graph.kind(node)) {
    case Kind::step:
      return BoxKind::step;
    case Kind::command:
      return BoxKind::command;
    case Kind::input:
      return BoxKind::input;
    case Kind::approve:
      return BoxKind::approval;
    case Kind::fold:
      return BoxKind::fold;
    case Kind::dynamic:
      return BoxKind::hole;
    case Kind::gate:
      return BoxKind::gate;
    case Kind::only_if:
      return BoxKind::choice;
    case Kind::failed:
    case Kind::pending:
      return BoxKind::constant;
    case Kind::constant:
      return graph.label(node).empty() ? std::nullopt : std::optional(BoxKind::constant);
    case Kind::item:
      return graph.template_of(node) == 0 ? std::optional(BoxKind::input) : std::nullopt;
    case Kind::map:
    case Kind::map_error:
    case Kind::attempt:
    case Kind::state_of:
    case Kind::or_else:
    case Kind::advisory:
      return graph.is_visible(node) ? std::optional(BoxKind::function) : std::nullopt;
    default:
      return std::nullopt;
  }
}

namespace {

enum class Role : std::uint8_t { dead, box, alias, inlined };

class Folder {
 public:
  Folder(const Graph& graph, const Sketch& sketch)
      : graph_(graph), sketch_(sketch), spots_(sketch.spots.size()) {}

  Draft run() {
    find_readers();
    draft_.boxes.reserve(spots_.size());
    for (std::uint32_t spot = 0; spot < spots_.size(); ++spot)
      settle(spot);
    draft_.arrows.reserve(sketch_.wires.size());
    for (std::uint32_t spot = 0; spot < spots_.size(); ++spot)
      if (spots_[spot].role == Role::box) gather(spot);
    tidy(draft_.arrows);
    return std::move(draft_);
  }

 private:
  struct Folded {
    Role role = Role::dead;
    std::uint32_t readers = 0;    ///< live ones
    std::uint32_t box = nothing;  ///< a box's own, an alias's source
    Edge kind = Edge::data;       ///< of an alias
    const char* label = nullptr;  ///< of an alias
  };

  std::span<const Wire> wires_of(std::uint32_t spot) const {
    const Spot& at = sketch_.spots[spot];
    return {sketch_.wires.data() + at.first, at.last - at.first};
  }

  void find_readers() {
    for (auto spot = static_cast<std::uint32_t>(spots_.size()); spot-- > 0;) {
      const bool is_box = box_kind(graph_, sketch_.spots[spot].node).has_value();
      if (is_box) spots_[spot].role = Role::box;
      if (!is_box && spots_[spot].readers == 0) continue;
      for (const Wire& wire : wires_of(spot))
        ++spots_[wire.from].readers;
    }
  }

  void settle(std::uint32_t spot) {
    Folded& own = spots_[spot];
    const Spot& at = sketch_.spots[spot];
    if (own.role == Role::box) {
      own.box = add_box(*box_kind(graph_, at.node), spot);
      return;
    }
    if (own.readers == 0) return;
    std::uint32_t source = nothing;
    bool is_many = false;
    Edge kind = Edge::context;
    const char* label = nullptr;
    for (const Wire& wire : wires_of(spot)) {
      const Folded& from = spots_[wire.from];
      if (from.role == Role::inlined) is_many = true;
      if (from.role == Role::inlined || from.box == nothing) continue;
      is_many = is_many || (source != nothing && source != from.box);
      source = from.box;
      const bool through = from.role == Role::alias;
      kind = std::min(kind, through ? std::max(wire.kind, from.kind) : wire.kind);
      if (label == nullptr)
        label = wire.label != nullptr ? wire.label : through ? from.label : nullptr;
    }
    if (!is_many) {
      own = {Role::alias, own.readers, source, kind, label};
    } else if (own.readers == 1) {
      own.role = Role::inlined;
    } else {
      own.role = Role::box;
      own.box = add_box(BoxKind::join, spot);
    }
  }

  std::uint32_t add_box(BoxKind kind, std::uint32_t spot) {
    draft_.boxes.push_back({kind, spot, sketch_.spots[spot].frame});
    return static_cast<std::uint32_t>(draft_.boxes.size() - 1);
  }

  void gather(std::uint32_t spot) {
    const std::uint32_t to = spots_[spot].box;
    stack_.assign(1, {spot, Edge::data, nullptr});
    while (!stack_.empty()) {
      const Wire at = stack_.back();
      stack_.pop_back();
      for (const Wire& wire : wires_of(at.from)) {
        const Folded& from = spots_[wire.from];
        const Edge kind = std::max(at.kind, wire.kind);
        const char* const label = at.label != nullptr ? at.label : wire.label;
        if (from.role == Role::inlined)
          stack_.push_back({wire.from, kind, label});
        else if (from.role == Role::alias && from.box != nothing)
          arrow(from.box, to, std::max(kind, from.kind), label != nullptr ? label : from.label);
        else if (from.role == Role::box)
          arrow(from.box, to, kind, label);
      }
    }
  }

  void arrow(std::uint32_t from, std::uint32_t to, Edge kind, const char* label) {
    draft_.arrows.push_back({from, to, kind, label == nullptr ? "" : label});
  }

  const Graph& graph_;
  const Sketch& sketch_;
  std::vector<Folded> spots_;
  std::vector<Wire> stack_;
  Draft draft_;
};

}  // namespace

Draft fold_plumbing(const Graph& graph, const Sketch& sketch) {
  return Folder(graph, sketch).run();
}

void follow_boxes(std::vector<Arrow>& arrows, std::span<const std::uint32_t> now) {
  for (Arrow& arrow : arrows) {
    arrow.from = now[arrow.from];
    arrow.to = now[arrow.to];
  }
  std::erase_if(arrows, [](const Arrow& arrow) {
    return arrow.from == nothing || arrow.to == nothing || arrow.from == arrow.to;
  });
  // Many become the same one, and mostly one after the other: so they need not be sorted.
  arrows.erase(std::unique(arrows.begin(), arrows.end()), arrows.end());
  tidy(arrows);
}

void tidy(std::vector<Arrow>& arrows) {
  const auto order = [](const Arrow& a, const Arrow& b) {
    return std::tie(a.to, a.from, a.kind, a.label) < std::tie(b.to, b.from, b.kind, b.label);
  };
  const auto by_target = [](const Arrow& a, const Arrow& b) { return a.to < b.to; };
  if (!std::is_sorted(arrows.begin(), arrows.end(), by_target)) {
    std::sort(arrows.begin(), arrows.end(), order);
  } else {  // as they mostly are: a few of one target are quickly sorted
    for (auto first = arrows.begin(); first != arrows.end();) {
      const auto last =
          std::find_if(first, arrows.end(), [&](const Arrow& one) { return one.to != first->to; });
      if (!std::is_sorted(first, last, order)) std::sort(first, last, order);
      first = last;
    }
  }
  const auto same = [](const Arrow& a, const Arrow& b) { return a.to == b.to && a.from == b.from; };
  arrows.erase(std::unique(arrows.begin(), arrows.end(), same), arrows.end());
}

}  // namespace oche::detail
