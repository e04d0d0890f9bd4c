// planning.hpp - a pipeline evaluated as far as what is stored goes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/plan/plan_side.hpp"
#include "engine/rounds/rounds.hpp"
#include <oche/engine/plan.hpp>
#include <oche/graph/graph.hpp>

#include <map>
#include <string>
#include <utility>

namespace oche::detail {

/// A step that only brings in what an input names: not counted as work.
[[nodiscard]] bool is_reading(const Graph& graph, NodeId node);

/// Graph, answers and rounds in the order in which they need each other; settled once it is made.
struct Planning {
  /// `options` must outlive it. Fails: throws oche::Error where Graph and PlanSide do.
  Planning(const AnyTerm& pipeline, const EngineOptions& options, bool by_hand = false);
  Planning(const Planning&) = delete;
  Planning& operator=(const Planning&) = delete;

  /// What would become of a step or command, and what the plan says of it.
  [[nodiscard]] std::pair<Planned, PlannedStep> fate_of(CellId cell) const;
  /// Of an expand: somebody asks for the list or may, and which items it has may still change.
  [[nodiscard]] bool has_unknown_items(CellId list) const;
  /// Where an outcome arose: `its inputs` if nobody knows.
  [[nodiscard]] std::string origin_path(CellId cell) const;

  const Graph graph;
  PlanSide side;
  Rounds rounds;

 private:
  void find_maybe_wanted();
  [[nodiscard]] bool is_list(CellId cell) const;
  [[nodiscard]] bool is_open(CellId cell) const;
  [[nodiscard]] bool looks_at_open_state(CellId cell) const;

  /// By cell, what is to decide: a condition, the first of an `or_else`, or an expand.
  std::map<CellId, CellId> maybe_;
  bool has_states_ = false;  ///< a `state_of` somewhere
};

/// As `oche::plan`.
[[nodiscard]] Plan planned(const Planning& planning);

}  // namespace oche::detail
