// cost.hpp - what a run costs, in time of machines and in money.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/budget.hpp>
#include <oche/analysis/time.hpp>

#include <string>
#include <vector>

namespace oche {

struct PoolCost {
  std::string pool;
  Duration cpu_time{};  ///< how long its steps take, times the CPUs that each needs
  double price = 0;
  friend bool operator==(const PoolCost&, const PoolCost&) = default;
};

/// The cost of one run as it was assumed.
struct Cost {
  std::vector<PoolCost> pools = {};  ///< by name
  Duration cpu_time{};
  double price = 0;
  std::vector<std::uint32_t> dearest = {};  ///< places in `Forecast::steps`, the dearest first
  std::vector<std::string> unseen = {};     ///< the forecast's, and what is not counted
};

/// What the steps of a forecast that run would cost. A step is counted once, whatever its retry.
[[nodiscard]] Cost cost_of(const Facts& facts, const Forecast& forecast, const Rates& rates = {});

/// What one more slot, or one more CPU of a pool, would be worth.
struct Worth {
  std::string pool;   ///< empty: a slot
  Duration sooner{};  ///< how much earlier all would have ended; less than nothing is possible
};
/// For a slot first, then for every pool that the assumptions size.
[[nodiscard]] std::vector<Worth> worth_of_more(const Facts& facts, const Assumptions& assumptions,
                                               unsigned slots);

[[nodiscard]] std::string to_text(const Cost& cost, const Forecast& forecast);
[[nodiscard]] std::string to_json(const Cost& cost, const Forecast& forecast);

}  // namespace oche
