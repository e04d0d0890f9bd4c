// budget.hpp - what machines cost, and how much a run may take of them.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/step_options.hpp>

#include <map>
#include <optional>
#include <string>

namespace oche {

/// What an hour of one CPU costs in each pool, `""` for steps that name none, in any currency.
struct Rates {
  std::map<std::string, double> of_pool = {};
  double other = 0;  ///< of pools that are not named

  [[nodiscard]] double of(const std::string& pool) const {
    const auto found = of_pool.find(pool);
    return found == of_pool.end() ? other : found->second;
  }
};

/// The most that one run may take: time of CPUs, or money at these rates.
struct Budget {
  Duration cpu_time{};
  std::optional<double> price = {};  ///< nothing: `cpu_time` counts
  Rates rates = {};
  /// `2 h 0 min of CPU time`, `20.00`.
  [[nodiscard]] std::string text() const;
};

}  // namespace oche
