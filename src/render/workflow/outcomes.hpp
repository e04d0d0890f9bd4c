// outcomes.hpp - how every node of a pipeline ends, as formulas over its jobs.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "render/workflow/jobs.hpp"

namespace oche::detail::workflow {

/// How a node ends once everything that it waits for is over. Neither: it has failed.
struct Ending {
  FormulaId ok = always;
  FormulaId skipped = never;
};

/// What each node is in the workflow.
struct Places {
  std::vector<JobId> job;                  ///< by node; `no_job` if it becomes none
  std::vector<std::uint32_t> condition;    ///< by node: its place among the conditions
  std::vector<std::vector<NodeId>> reads;  ///< by job: what it is given
};

/// Endings of all nodes outside templates, by the table of docs/semantics.md.
[[nodiscard]] std::vector<Ending> endings_of(const Graph& graph, const Places& places,
                                             Formulas& formulas, Losses& losses);
/// When each of these nodes is asked for.
[[nodiscard]] std::vector<FormulaId> wants_of(const Graph& graph, const Places& places,
                                              const std::vector<Ending>& endings,
                                              Formulas& formulas);
/// Of what needs all of these: a failure wins, then what is skipped.
[[nodiscard]] Ending together(std::span<const NodeId> nodes, const std::vector<Ending>& endings,
                              Formulas& formulas);
/// The truth of an `only_if`'s condition, given that it is known.
[[nodiscard]] FormulaId truth_of(const Graph& graph, const Places& places, NodeId condition,
                                 Formulas& formulas);

}  // namespace oche::detail::workflow
