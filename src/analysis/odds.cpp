// odds.cpp - runs that are tried with chance, counted.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/odds.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <utility>

// Each trial is a forecast in which the steps that chance chose fail and take what chance chose.
// Chance is drawn for every step in every trial, asked for or not, so that answers can be repeated.
// The share's bounds are Wilson's, which hold near 0 and 1 too.

namespace oche {
namespace {

Share share_of(std::uint32_t hits, std::uint32_t trials) {
  constexpr double z = 1.96;
  const double n = trials;
  const double p = hits / n;
  const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double width = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {p, std::max(0.0, middle - width), std::min(1.0, middle + width)};
}

/// A number from 0 up to 1, the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double next() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 engine_;
};

Duration quantile(std::vector<Duration>& all, double share) {
  if (all.empty()) return {};
  const auto at =
      static_cast<std::size_t>(std::clamp(std::ceil(share * static_cast<double>(all.size())) - 1,
                                          0.0, static_cast<double>(all.size() - 1)));
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), all.end());
  return all[at];
}

class Trials {
 public:
  Trials(const Facts& facts, const Assumptions& assumptions, const Past& past,
         const OddsOptions& options)
      : facts_(facts), assumptions_(assumptions), options_(options), dice_(options.seed) {
    const Forecast forecast(facts, assumptions);
    for (std::uint32_t i = 0; i < forecast.steps().size(); ++i) {
      const TimedStep& step = forecast.steps()[i];
      auto found = past.find(step.path);
      if (found == past.end()) found = past.find(std::string(facts.graph().path(step.node)));
      steps_.push_back(found == past.end() ? nullptr : &found->second);
      paths_.push_back(step.path);
      if (!step.runs()) continue;
      if (steps_.back() == nullptr) {
        ++unknown_;
      } else if (const double fails = chance_of(*steps_.back()); fails > 0) {
        odds_.order.push_back({i, fails, step.takes});
      }
    }
    odds_.unseen = forecast.unseen();
  }

  Odds run() {
    const std::uint32_t trials = std::max(1u, options_.trials);
    for (std::uint32_t i = 0; i < trials; ++i)
      try_once();
    odds_.green = share_of(green_, trials);
    odds_.attempts = green_ == 0 ? std::numeric_limits<double>::infinity()
                                 : static_cast<double>(trials) / green_;
    odds_.median = quantile(ends_, 0.5);
    odds_.nine_of_ten = quantile(ends_, 0.9);
    if (!failures_.empty()) {
      double sum = 0;
      for (const Duration one : failures_)
        sum += static_cast<double>(one.count());
      odds_.first_failure =
          Duration(static_cast<Duration::rep>(sum / static_cast<double>(failures_.size())));
    }
    sort_to_fail_soonest(odds_.order);
    odds_.unseen.emplace_back("steps are taken to fail independently of each other");
    if (unknown_ != 0)
      odds_.unseen.push_back(
          fmt::format("{} step{} never ran: taken to succeed", unknown_, unknown_ == 1 ? "" : "s"));
    return std::move(odds_);
  }

 private:
  static double chance_of(const StepPast& past) {
    const double runs = static_cast<double>(past.succeeded) + past.failed;
    return runs == 0 ? 0 : past.failed / runs;
  }

  void try_once() {
    Assumptions one = assumptions_;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const double luck = dice_.next();
      const double length = dice_.next();
      if (steps_[i] == nullptr) continue;
      if (luck < chance_of(*steps_[i])) one.failing.insert(paths_[i]);
      const std::vector<Duration>& took = steps_[i]->took;
      if (took.empty()) continue;
      const auto at = static_cast<std::size_t>(length * static_cast<double>(took.size()));
      one.durations[paths_[i]] = took[std::min(at, took.size() - 1)];
    }
    const Forecast forecast(facts_, one);
    const Finish finish = forecast.finish(options_.slots);
    ends_.push_back(finish.at);
    if (forecast.outcome() == Fate::succeeds) {
      ++green_;
      return;
    }
    Duration first = Duration::max();
    for (std::size_t i = 0; i < forecast.steps().size(); ++i)
      if (forecast.steps()[i].fate == Fate::fails)
        first = std::min(first, finish.begins[i] + forecast.steps()[i].takes);
    if (first != Duration::max()) failures_.push_back(first);
  }

  const Facts& facts_;
  const Assumptions& assumptions_;
  const OddsOptions& options_;
  Dice dice_;
  std::vector<const StepPast*> steps_;  ///< by place in a forecast's steps
  std::vector<std::string> paths_;
  std::size_t unknown_ = 0;
  std::uint32_t green_ = 0;
  std::vector<Duration> ends_;
  std::vector<Duration> failures_;
  Odds odds_;
};

}  // namespace

Odds odds_of(const Facts& facts, const Assumptions& assumptions, const Past& past,
             const OddsOptions& options) {
  return Trials(facts, assumptions, past, options).run();
}

void sort_to_fail_soonest(std::vector<FailingStep>& steps) {
  const auto waste = [](const FailingStep& step) {
    return step.fails > 0 ? static_cast<double>(step.takes.count()) / step.fails
                          : std::numeric_limits<double>::infinity();
  };
  std::sort(steps.begin(), steps.end(), [&](const FailingStep& a, const FailingStep& b) {
    return std::pair(waste(a), a.step) < std::pair(waste(b), b.step);
  });
}

}  // namespace oche
