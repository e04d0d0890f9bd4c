// share.cpp - draws one join where several boxes wait for the same several others.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/draft.hpp"

#include <algorithm>
#include <map>

// Fifty gates with the same fifty controls would be 2,500 arrows; with a join they are 100.
// Cost: linear in arrows, plus sorting the sets' hashes.

namespace oche::detail {
namespace {

bool is_control(const Arrow& arrow) { return arrow.kind == Edge::control && arrow.label.empty(); }

/// The innermost frame around both.
std::uint32_t common(const Sketch& sketch, std::uint32_t a, std::uint32_t b) {
  while (a != b)
    (a > b ? a : b) = sketch.frames[std::max(a, b)].parent;  // parents come first
  return a;
}

/// Boxes with the same control arrows, by those arrows.
using Sets = std::map<std::vector<std::uint32_t>, std::vector<std::uint32_t>>;

Sets control_sets(const Draft& draft) {
  Sets sets;
  std::vector<std::uint32_t> sources;
  for (std::size_t i = 0; i < draft.arrows.size();) {
    const std::uint32_t to = draft.arrows[i].to;
    sources.clear();
    for (; i < draft.arrows.size() && draft.arrows[i].to == to; ++i)
      if (is_control(draft.arrows[i])) sources.push_back(draft.arrows[i].from);
    if (sources.size() > 1) sets[sources].push_back(to);
  }
  std::erase_if(sets, [](const auto& set) {
    const std::size_t sources_count = set.first.size();
    const std::size_t readers = set.second.size();
    return sources_count * readers <= sources_count + readers + 1;
  });
  return sets;
}

}  // namespace

void share_controls(Draft& draft, const Sketch& sketch) {
  const Sets sets = control_sets(draft);
  if (sets.empty()) return;
  // A join stands just before the first box that waits for it, so arrows still lead forward.
  std::vector<std::uint32_t> join_of(draft.boxes.size(), nothing);
  std::multimap<std::uint32_t, const Sets::value_type*> before;
  for (const auto& set : sets)
    before.emplace(set.second.front(), &set);
  std::vector<DraftBox> boxes;
  std::vector<std::uint32_t> now(draft.boxes.size());
  std::vector<Arrow> arrows;
  for (std::uint32_t i = 0; i < draft.boxes.size(); ++i) {
    for (auto [at, end] = before.equal_range(i); at != end; ++at) {
      const auto& [sources, readers] = *at->second;
      DraftBox join{BoxKind::join, nothing, draft.boxes[readers.front()].frame};
      for (const std::uint32_t reader : readers)
        join.frame = common(sketch, join.frame, draft.boxes[reader].frame);
      const auto id = static_cast<std::uint32_t>(boxes.size());
      for (const std::uint32_t source : sources)
        arrows.push_back({now[source], id, Edge::control, {}});
      for (const std::uint32_t reader : readers)
        join_of[reader] = id;
      boxes.push_back(join);
    }
    now[i] = static_cast<std::uint32_t>(boxes.size());
    boxes.push_back(draft.boxes[i]);
    if (join_of[i] != nothing) arrows.push_back({join_of[i], now[i], Edge::control, {}});
  }
  for (Arrow& arrow : draft.arrows) {
    if (is_control(arrow) && join_of[arrow.to] != nothing) continue;
    arrow.from = now[arrow.from];
    arrow.to = now[arrow.to];
    arrows.push_back(std::move(arrow));
  }
  tidy(arrows);
  draft.boxes = std::move(boxes);
  draft.arrows = std::move(arrows);
}

}  // namespace oche::detail
