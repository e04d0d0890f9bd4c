// cost.cpp - adds up what steps take of machines, and what that costs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/cost.hpp>

#include "base/dump_json.hpp"
#include "base/readable_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oche {
namespace {

constexpr double nanoseconds_an_hour = 3.6e12;

double cpu_time_of(const Facts& facts, const TimedStep& step) {
  return static_cast<double>(step.takes.count()) * std::max(0.0, facts.needs(step.node).cpus);
}

Duration duration_of(double nanoseconds) {
  constexpr double most = 9.2e18;
  return Duration(static_cast<Duration::rep>(std::min(nanoseconds, most)));
}

}  // namespace

Cost cost_of(const Facts& facts, const Forecast& forecast, const Rates& rates) {
  Cost cost;
  std::map<std::string, double> of_pool;
  std::vector<std::pair<double, std::uint32_t>> prices;
  double all = 0;
  for (std::uint32_t i = 0; i < forecast.steps().size(); ++i) {
    const TimedStep& step = forecast.steps()[i];
    if (!step.runs()) continue;
    const std::string pool(facts.pool(step.node));
    const double time = cpu_time_of(facts, step);
    of_pool[pool] += time;
    all += time;
    // Without rates, what takes longest is the dearest.
    prices.emplace_back(rates.of_pool.empty() && rates.other == 0 ? time : time * rates.of(pool),
                        i);
  }
  for (const auto& [pool, time] : of_pool) {
    const double price = time / nanoseconds_an_hour * rates.of(pool);
    cost.pools.push_back({pool, duration_of(time), price});
    cost.price += price;
  }
  cost.cpu_time = duration_of(all);
  std::sort(prices.begin(), prices.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (const auto& [price, step] : prices)
    cost.dearest.push_back(step);
  cost.unseen = forecast.unseen();
  return cost;
}

std::vector<Worth> worth_of_more(const Facts& facts, const Assumptions& assumptions,
                                 unsigned slots) {
  slots = std::max(1u, slots);
  const Forecast now(facts, assumptions);
  const Duration at = now.finish(slots).at;
  std::vector<Worth> worth = {{"", at - now.finish(slots + 1).at}};
  for (const auto& [pool, size] : assumptions.pools) {
    Assumptions larger = assumptions;
    larger.pools[pool].cpus = size.cpus + 1;
    worth.push_back({pool, at - Forecast(facts, larger).finish(slots).at});
  }
  return worth;
}

namespace {
constexpr std::size_t most_steps = 10;

std::string called_pool(const std::string& pool) { return pool.empty() ? "(no pool)" : pool; }
}  // namespace

std::string to_text(const Cost& cost, const Forecast& forecast) {
  std::string text;
  for (const PoolCost& one : cost.pools)
    text += fmt::format("{:<20}  {:>12}  {:>10.2f}\n", called_pool(one.pool),
                        detail::duration_text(one.cpu_time), one.price);
  text += fmt::format("{:<20}  {:>12}  {:>10.2f}\n", "all", detail::duration_text(cost.cpu_time),
                      cost.price);
  if (!cost.dearest.empty()) text += "the dearest:\n";
  for (std::size_t i = 0; i < std::min(most_steps, cost.dearest.size()); ++i) {
    const TimedStep& step = forecast.steps()[cost.dearest[i]];
    text += fmt::format("  {}  {}\n", step.path, detail::duration_text(step.takes));
  }
  for (const std::string& one : cost.unseen)
    text += fmt::format("note: {}\n", one);
  return text;
}

std::string to_json(const Cost& cost, const Forecast& forecast) {
  nlohmann::ordered_json pools = nlohmann::ordered_json::array();
  for (const PoolCost& one : cost.pools)
    pools.push_back({{"pool", one.pool},
                     {"cpu_seconds", detail::in_seconds(one.cpu_time)},
                     {"price", one.price}});
  nlohmann::ordered_json dearest = nlohmann::ordered_json::array();
  for (const std::uint32_t step : cost.dearest)
    dearest.push_back({{"path", forecast.steps()[step].path},
                       {"takes", detail::in_seconds(forecast.steps()[step].takes)}});
  const nlohmann::ordered_json json{{"pools", pools},
                                    {"cpu_seconds", detail::in_seconds(cost.cpu_time)},
                                    {"price", cost.price},
                                    {"dearest", dearest},
                                    {"unseen", cost.unseen}};
  return detail::json_page(json);
}

}  // namespace oche
