// odds_text.cpp - what chance says, for people and for programs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "base/readable_time.hpp"
#include <oche/analysis/odds.hpp>

#include <fmt/format.h>

#include <cmath>

namespace oche {

using detail::duration_text;

std::string to_text(const Odds& odds, const Forecast& forecast) {
  std::string text =
      fmt::format("succeeds in {:.0f} of 100 runs ({:.0f} to {:.0f})\n", odds.green.value * 100,
                  odds.green.least * 100, odds.green.most * 100);
  if (std::isfinite(odds.attempts)) {
    text += fmt::format("attempts until it does: {:.1f}\n", odds.attempts);
  }
  text += fmt::format("ends after {} in the middle, {} in 90 of 100\n", duration_text(odds.median),
                      duration_text(odds.nine_of_ten));
  if (odds.order.empty()) {
    text += "nothing has ever failed\n";
  } else {
    text += fmt::format("the first failure comes after {} on average\n",
                        duration_text(odds.first_failure));
    text += "in this order, one after the other, a failure shows soonest:\n";
    for (const FailingStep& one : odds.order)
      text += fmt::format("  {}  {}, fails in {:.0f} of 100\n", forecast.steps()[one.step].path,
                          duration_text(one.takes), one.fails * 100);
  }
  for (const std::string& one : odds.unseen)
    text += fmt::format("note: {}\n", one);
  return text;
}

std::string to_json(const Odds& odds, const Forecast& forecast) {
  nlohmann::ordered_json order = nlohmann::ordered_json::array();
  for (const FailingStep& one : odds.order)
    order.push_back({{"path", forecast.steps()[one.step].path},
                     {"fails", one.fails},
                     {"takes", detail::in_seconds(one.takes)}});
  const nlohmann::ordered_json attempts = std::isfinite(odds.attempts)
                                              ? nlohmann::ordered_json(odds.attempts)
                                              : nlohmann::ordered_json(nullptr);
  const nlohmann::ordered_json json{
      {"green",
       {{"value", odds.green.value}, {"least", odds.green.least}, {"most", odds.green.most}}},
      {"attempts", attempts},
      {"median", detail::in_seconds(odds.median)},
      {"nine_of_ten", detail::in_seconds(odds.nine_of_ten)},
      {"first_failure", detail::in_seconds(odds.first_failure)},
      {"order", order},
      {"unseen", odds.unseen}};
  return detail::json_page(json);
}

}  // namespace oche
