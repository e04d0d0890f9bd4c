// time_tasks.hpp - a pipeline as tasks of the scheduler.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/time_fates.hpp"
#include <oche/schedule/pools.hpp>
#include <oche/schedule/tasks.hpp>

namespace oche::detail::forecast {

struct Named {
  scheduling::Tasks tasks;
  std::vector<scheduling::TaskId> of_cell;  ///< no_task for what is not wanted or never over
};

/// Would this step run? Its inputs are ok, and its result is not stored.
[[nodiscard]] bool runs(const Facts& facts, const Cells& cells, CellId cell,
                        const std::vector<End>& ends, const std::vector<Told>& told,
                        const Wants& wants);

/// `takes` is by cell, of those that run.
[[nodiscard]] Named tasks_of(const Facts& facts, const Cells& cells, const std::vector<End>& ends,
                             const std::vector<Told>& told, const Wants& wants,
                             const std::vector<Duration>& takes, const scheduling::Pools& pools);

}  // namespace oche::detail::forecast
