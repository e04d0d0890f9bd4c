// time_computed.hpp - everything that a forecast works out once.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/time_known.hpp"
#include "analysis/time_tasks.hpp"
#include <oche/schedule/paths.hpp>
#include <oche/schedule/tasks.hpp>

#include <optional>

namespace oche::detail::forecast {

inline constexpr std::uint32_t no_step = ~std::uint32_t{0};

struct Computed {
  Computed(const Facts& facts, const Assumptions& assumptions);

  Graph graph;
  Cells cells;
  Named named;
  std::optional<scheduling::Readers> readers;
  std::optional<scheduling::Paths> paths;
  scheduling::Pools pools;
  std::vector<Duration> remaining;  ///< by task: what the engine would choose by
  std::vector<TimedStep> steps;
  std::vector<CellId> step_cells;
  std::vector<scheduling::TaskId> step_tasks;
  std::vector<std::uint32_t> step_of;  ///< by task: the step that runs then
  std::vector<std::uint32_t> critical;
  Fate outcome = Fate::succeeds;
  Duration start_up{};
  Duration unknown{};
  bool is_guessed = false;
  bool knows_some = false;
  std::vector<std::string> unseen;

 private:
  void find_steps(const Facts& facts, const std::vector<End>& ends, const std::vector<Told>& told,
                  const Wants& wants);
  void take(const Assumptions& assumptions, const KnownTimes& known);
  void judge();
  void look_out(const Assumptions& assumptions, const KnownTimes& known);
  void see(const Facts& facts, const std::vector<End>& ends, const Wants& wants);
};

}  // namespace oche::detail::forecast
