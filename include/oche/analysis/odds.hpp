// odds.hpp - how likely a run is to succeed, how long it may take, and what fails first.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/time.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace oche {

/// What earlier runs of one step tell.
struct StepPast {
  std::uint32_t succeeded = 0;
  std::uint32_t failed = 0;
  std::vector<Duration> took = {};  ///< each of them; empty: what the assumptions say
};
/// By path, of an item's step too (`platforms/debian/test`).
using Past = std::map<std::string, StepPast>;

struct OddsOptions {
  unsigned slots = 1;
  std::uint32_t trials = 1'000;
  std::uint64_t seed = 1;  ///< the same seed gives the same answer
};

/// A share of the trials, and between what the true one is with 95 in 100.
struct Share {
  double value = 0;
  double least = 0;
  double most = 1;
};

/// A check that others do not wait for each other with.
struct FailingStep {
  std::uint32_t step = 0;  ///< place in the forecast's steps
  double fails = 0;        ///< how likely
  Duration takes{};
};

/// What would happen, tried so often. Every step fails by itself, independently of all others, as
/// often as it has in the past; durations are those of the past, each as likely.
struct Odds {
  Share green;                      ///< the whole succeeds
  double attempts = 1;              ///< runs until one is green, on average; infinite if none was
  Duration median{};                ///< of when it ends, however it ends
  Duration nine_of_ten{};           ///< it ends no later in 90 of 100
  Duration first_failure{};         ///< of runs that are not green: when the first step has failed
  std::vector<FailingStep> order;   ///< steps that can fail, in the order that fails soonest
  std::vector<std::string> unseen;  ///< what was taken for granted, a sentence each
};

/// Cost: a forecast for each trial.
[[nodiscard]] Odds odds_of(const Facts& facts, const Assumptions& assumptions, const Past& past,
                           const OddsOptions& options = {});

/// One after the other on one slot, checks that do not need each other come to their first failure
/// soonest if those go first that take least for each failure: by what they take divided by how
/// likely they fail. Those that never fail come last.
void sort_to_fail_soonest(std::vector<FailingStep>& steps);

[[nodiscard]] std::string to_text(const Odds& odds, const Forecast& forecast);
[[nodiscard]] std::string to_json(const Odds& odds, const Forecast& forecast);

}  // namespace oche
