// picture.cpp - makes the picture of a graph.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/picture.hpp>

#include "graph/ahead.hpp"
#include "graph/equal_table.hpp"
#include "render/draft.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace oche {

std::string_view name_of(BoxKind kind) {
  static constexpr std::array<std::string_view, box_kind_count> names = {
      "step", "command",  "input", "constant", "function", "gate", "choice",
      "join", "approval", "fold",  "hole",     "section",  "list"};
  return names[static_cast<std::size_t>(kind)];
}

namespace detail {
namespace {

class Painter {
 public:
  Painter(const Graph& graph, const PictureOptions& options, const Snapshot* snapshot)
      : graph_(graph),
        options_(options),
        sketch_(sketch_of(graph, options, snapshot)),
        draft_(fold_plumbing(graph, sketch_)) {
    share_controls(draft_, sketch_);
    closed_ = closed_frames(sketch_, draft_, options);
    picture_.title = options.title;
    picture_.has_states = snapshot != nullptr;
    frame_now_.assign(sketch_.frames.size(), nothing);
    frame_now_[0] = 0;
    box_of_frame_.assign(sketch_.frames.size(), nothing);
  }

  Picture run() {
    const std::vector<std::uint32_t> now = add_boxes();
    picture_.arrows = std::move(draft_.arrows);
    follow_boxes(picture_.arrows, now);
    name_unnamed();
    count_upwards();
    if (!options_.show_implied && !remove_implied(picture_))
      picture_.notes.emplace_back("too many boxes to leave out all arrows that follow from others");
    note_closed();
    return std::move(picture_);
  }

 private:
  std::vector<std::uint32_t> add_boxes() {
    std::vector<std::uint32_t> now;
    now.reserve(draft_.boxes.size());
    const auto open = std::count_if(draft_.boxes.begin(), draft_.boxes.end(),
                                    [&](const auto& box) { return closed_[box.frame] == nothing; });
    picture_.boxes.reserve(static_cast<std::size_t>(open) + sketch_.frames.size());
    const Ahead ask_ahead(graph_.arrays(), 0, 256);
    for (const DraftBox& box : draft_.boxes) {
      if (box.spot != nothing) ask_ahead(sketch_.spots[box.spot].node);
      const std::uint32_t closed = closed_[box.frame];
      if (closed != nothing) {
        now.push_back(closed_box(closed));
        count(picture_.boxes[now.back()], box);
        continue;
      }
      now.push_back(static_cast<std::uint32_t>(picture_.boxes.size()));
      picture_.boxes.push_back(box.spot == nothing ? shared_join()
                                                   : describe(graph_, sketch_, box, options_));
      picture_.boxes.back().frame = frame(box.frame);
      count(picture_.frames[picture_.boxes.back().frame], box);
    }
    for (const std::uint32_t box : box_of_frame_)
      if (box != nothing && picture_.has_states)
        picture_.boxes[box].state =
            BoxState{overall(picture_.boxes[box].counts), false, false, false, {}};
    return now;
  }

  static Box shared_join() {
    Box box;
    box.kind = BoxKind::join;
    return box;
  }

  /// Gates and joins without a label are called by what they lead to, so that a change before them
  /// does not rename them.
  void name_unnamed() {
    if (std::all_of(picture_.boxes.begin(), picture_.boxes.end(), is_named)) return;
    std::vector<std::uint32_t> leads_to(picture_.boxes.size(), nothing);
    for (auto arrow = picture_.arrows.rbegin(); arrow != picture_.arrows.rend(); ++arrow)
      leads_to[arrow->from] = arrow->to;
    EqualTable boxes;  // that have an id
    boxes.reserve(picture_.boxes.size());
    const auto hash_of = [](const std::string& id) {
      return static_cast<std::uint32_t>(std::hash<std::string>()(id));
    };
    for (std::uint32_t i = 0; i < picture_.boxes.size(); ++i)
      if (is_named(picture_.boxes[i])) boxes.put(hash_of(picture_.boxes[i].id), i);
    std::unordered_map<std::string, std::size_t> uses;
    for (auto i = static_cast<std::uint32_t>(picture_.boxes.size()); i-- > 0;) {
      Box& box = picture_.boxes[i];
      if (is_named(box)) continue;
      const std::string base = leads_to[i] == nothing ? "" : picture_.boxes[leads_to[i]].id + "/";
      // Names of names would grow with the length of a chain.
      const std::string id = fmt::format("{}{}", base.size() > 200 ? "" : base, name_of(box.kind));
      std::size_t& used = uses[id];
      const auto has_id = [&](std::uint32_t other) { return picture_.boxes[other].id == box.id; };
      do {
        ++used;
        box.id = used == 1 ? id : fmt::format("{}.{}", id, used);
      } while (boxes.find(hash_of(box.id), has_id) != no_node);
      boxes.put(hash_of(box.id), i);
    }
  }

  static bool is_named(const Box& box) {
    return !box.title.empty() || (box.kind != BoxKind::gate && box.kind != BoxKind::join);
  }

  std::uint32_t closed_box(std::uint32_t frame) {
    std::uint32_t& known = box_of_frame_[frame];
    if (known != nothing) return known;
    known = static_cast<std::uint32_t>(picture_.boxes.size());
    const SketchFrame& from = sketch_.frames[frame];
    Box box;
    box.id = from.id;
    box.kind = from.kind == FrameKind::each ? BoxKind::list : BoxKind::section;
    box.title = from.title.empty() ? "each" : from.title;
    if (from.kind == FrameKind::each && from.items) box.detail = fmt::format("× {}", *from.items);
    if (options_.show_lines) box.lines = lines_of(from);
    picture_.boxes.push_back(std::move(box));
    picture_.boxes[known].frame = this->frame(from.parent);
    return known;
  }

  std::vector<SourceLine> lines_of(const SketchFrame& frame) const {
    const std::source_location where = graph_.groups()[frame.group].where;
    if (frame.group == 0) return {};
    return {{where.file_name(), where.line()}};
  }

  /// The picture's frame; those around it are made first.
  std::uint32_t frame(std::uint32_t sketched) {
    std::vector<std::uint32_t> missing;
    for (; frame_now_[sketched] == nothing; sketched = sketch_.frames[sketched].parent)
      missing.push_back(sketched);
    for (; !missing.empty(); missing.pop_back()) {
      const SketchFrame& from = sketch_.frames[missing.back()];
      Frame made;
      made.id = from.id;
      made.title = from.title;
      made.parent = frame_now_[sketched];
      made.kind = from.kind;
      made.items = from.items;
      if (options_.show_lines) made.lines = lines_of(from);
      sketched = missing.back();
      frame_now_[sketched] = static_cast<std::uint32_t>(picture_.frames.size());
      picture_.frames.push_back(std::move(made));
    }
    return frame_now_[sketched];
  }

  /// Counts steps and commands; those of a template for each of its items.
  template <class Counted>
  void count(Counted& into, const DraftBox& box) {
    if (box.kind != BoxKind::step && box.kind != BoxKind::command) return;
    if constexpr (requires { into.steps; }) ++into.steps;
    const Spot& spot = sketch_.spots[box.spot];
    if (spot.counts != nullptr) {
      for (std::size_t i = 0; i < state_count; ++i)
        into.counts[i] += (*spot.counts)[i];
    } else if (spot.view != nullptr) {
      ++into.counts[static_cast<std::size_t>(spot.view->state)];
    }
  }

  /// So far each frame has what stands directly in it; parents come first.
  void count_upwards() {
    for (const Box& box : picture_.boxes)
      if (box.kind == BoxKind::section || box.kind == BoxKind::list)
        add(picture_.frames[box.frame].counts, box.counts);
    for (std::size_t i = picture_.frames.size(); i-- > 1;)
      add(picture_.frames[picture_.frames[i].parent].counts, picture_.frames[i].counts);
  }

  static void add(StateCounts& to, const StateCounts& from) {
    for (std::size_t i = 0; i < state_count; ++i)
      to[i] += from[i];
  }

  void note_closed() {
    std::size_t closed = 0;
    for (const std::uint32_t box : box_of_frame_)
      closed += box != nothing ? 1u : 0u;
    if (closed > 0 && options_.open == Open::automatic && options_.collapsed.empty())
      picture_.notes.push_back(fmt::format("{} group{} closed; open one with --expand PATH", closed,
                                           closed == 1 ? " is" : "s are"));
  }

  const Graph& graph_;
  const PictureOptions& options_;
  Sketch sketch_;
  Draft draft_;
  std::vector<std::uint32_t> closed_;        ///< by sketched frame: the closed one that hides it
  std::vector<std::uint32_t> frame_now_;     ///< by sketched frame
  std::vector<std::uint32_t> box_of_frame_;  ///< by closed frame
  Picture picture_;
};

}  // namespace
}  // namespace detail

Picture picture(const Graph& graph, const PictureOptions& options, const Snapshot* snapshot) {
  return detail::Painter(graph, options, snapshot).run();
}

}  // namespace oche
