// trace_states.cpp - from a step back to what it is behind, and to what has left it out.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/trace_back.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {

/// Every cell that has the same state of its own accord: the steps that would run, the failures,
/// the questions. Of what is in between nothing is said: it only waits.
void TraceBack::behind(CellId step) {
  const Status status = planning_.rounds.outcome(step).status;
  std::vector<CellId> left = planning_.rounds.reads(step);
  std::reverse(left.begin(), left.end());
  std::vector<CellId> own;
  while (!left.empty()) {
    const CellId cell = left.back();
    left.pop_back();
    if (!seen_.insert(cell).second) continue;
    const CellOutcome outcome = planning_.rounds.outcome(cell);
    if (outcome.status != status) continue;
    if (outcome.origin == cell) {
      own.push_back(cell);
      continue;
    }
    std::vector<CellId> reads = planning_.rounds.reads(cell);
    left.insert(left.end(), reads.rbegin(), reads.rend());
  }
  for (const CellId cell : own) {
    if (causes_.size() >= most_causes) {
      has_more_ = true;
      return;
    }
    const PlanSide::Asked* const asked = planning_.side.asked(cell);
    const State state = planning_.rounds.state(cell);
    if (state == State::awaiting_approval) {
      say(cell, 0, "waits for a person: approve " + planning_.rounds.path_of(cell));
    } else if (status == Status::failed) {
      say(cell, 0, "failed: " + planning_.rounds.text(cell));
    } else {
      say(cell, 0,
          asked == nullptr ? "is not known yet" : fmt::format("would run: {}", asked->reason));
    }
    if (asked == nullptr || status == Status::failed) continue;
    StoreReader* const reader = planning_.side.reader();
    const auto seen = keys_seen_at(reader, planning_.rounds.path_of(cell));
    const auto nearest =
        nearest_of(reader, seen, planning_.side.parts(planning_.rounds.asker(cell)));
    if (!nearest || nearest->changes.empty()) continue;
    causes_.back().text += fmt::format(" ({})", text_of(nearest->changes));
    TraceBack inner(planning_);
    inner.changed(cell, nearest->changes, nearest->when);
    for (Cause& cause : inner.causes()) {
      ++cause.depth;
      causes_.push_back(std::move(cause));
    }
  }
}

/// Upwards to the conditions that say no, and from those back to what they are made from.
void TraceBack::left_out(CellId step) {
  std::vector<CellId> conditions;
  for (const CellId cell : planning_.rounds.live()) {
    const Asker asker = planning_.rounds.asker(cell);
    if (asker.graph->kind(asker.node) != Kind::only_if) continue;
    if (planning_.rounds.outcome(cell).status != Status::skipped) continue;
    if (planning_.rounds.outcome(cell).origin == cell) conditions.push_back(cell);
  }
  const CellOutcome outcome = planning_.rounds.outcome(step);
  for (const CellId cell : conditions) {
    // Either the step is behind it, or it is (in the graph) before it and asked for by nobody.
    const Asker chosen = planning_.rounds.asker(cell);
    const Asker own = planning_.rounds.asker(step);
    const bool is_behind = outcome.wanted && outcome.origin == cell;
    bool is_before = false;
    if (!outcome.wanted && chosen.graph == own.graph) {
      std::vector<NodeId> left{chosen.graph->inputs(chosen.node)[1]};
      std::set<NodeId> visited;
      while (!left.empty() && !is_before) {
        const NodeId node = left.back();
        left.pop_back();
        if (!visited.insert(node).second) continue;
        is_before = node == own.node;
        const auto inputs = chosen.graph->inputs(node);
        left.insert(left.end(), inputs.begin(), inputs.end());
      }
    }
    if (!is_behind && !is_before) continue;
    say(cell, 0, fmt::format("is false: {}", std::string(planning_.rounds.outcome(cell).reason)));
    const std::vector<CellId> reads = planning_.rounds.reads(cell);
    if (reads.empty()) continue;
    stops_.push_back({reads[0], 1, Time{}});
    run();
  }
}

}  // namespace oche::detail
