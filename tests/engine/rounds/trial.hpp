// trial.hpp - one random pipeline with one random history, compared with evaluation from scratch.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/naive.hpp"
#include "engine/rounds/random_pipeline.hpp"

#include <map>
#include <string>

namespace oche::tests {

/// One seed is one trial.
class Trial {
 public:
  explicit Trial(std::uint64_t seed, detail::Bug bug = detail::Bug::none)
      : chance_(seed),
        pipeline_(chance_),
        play_(pipeline_.root(), {.trace = true, .bug = bug}),
        naive_(play_.graph, play_.script) {}

  /// Empty, or the first difference.
  std::string run();
  [[nodiscard]] std::size_t cells() const { return cells_; }
  [[nodiscard]] std::size_t rounds() const { return rounds_; }

 private:
  std::string compare(bool all_cells);
  std::string compare_wanted();
  std::string compare_folds() const;
  std::string compare_cell(CellId cell, const Naive::Seen& expected);
  std::string compare_asking();
  std::string compare_counts();
  void happen();
  void tell_jobs();
  void approve_some();

  Chance chance_;
  RandomPipeline pipeline_;
  Play play_;
  Naive naive_;
  bool is_wanted_ = true;
  std::map<CellId, State> viewer_;
  std::size_t cells_ = 0;
  std::size_t rounds_ = 0;
};

/// Where the seeds of trials begin.
inline constexpr std::uint32_t first_seed = 20261122;

}  // namespace oche::tests
