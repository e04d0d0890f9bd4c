// cost_command.cpp - what a run costs, how likely it succeeds, how sizes of lists change it.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/readable_time.hpp"
#include "cli/assumed.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/cost.hpp>
#include <oche/analysis/formula.hpp>
#include <oche/analysis/odds.hpp>

#include <fmt/format.h>

namespace oche::cli {

namespace {

constexpr std::size_t most_attempts = 100'000;

/// What the newest attempts of every step tell. One that could not be run says nothing of a step.
Past past_of(const Arguments& arguments) {
  Past past;
  const auto stored = stored_for(arguments);
  if (!stored) return past;
  const auto attempts = stored->recent(most_attempts);
  if (!attempts) throw Error(attempts.failure());
  for (const AttemptInfo& one : attempts.value()) {
    StepPast& step = past[one.path];
    if (one.state == State::ok) {
      ++step.succeeded;
      step.took.push_back(one.duration);
    } else if (one.state == State::failed || one.state == State::timed_out) {
      ++step.failed;
      step.took.push_back(one.duration);
    }
  }
  return past;
}

}  // namespace

int cost(const Program& program, const Arguments& arguments) {
  Rates rates;
  for (const std::string& given : arguments.rates) {
    if (given.starts_with('=')) {
      rates.other = number(given.substr(1), "--rate");
      continue;
    }
    const auto [pool, price] = told_apart(given, "--rate");
    rates.of_pool[pool] = number(price, "--rate");
  }
  const Assumed assumed = assumed_of(program, arguments);
  const Forecast forecast = forecast_of(assumed);
  const Cost found = cost_of(assumed.facts, forecast, rates);
  print(arguments.json ? to_json(found, forecast) : to_text(found, forecast));
  if (arguments.json || arguments.quiet) return exit_ok;
  for (const Worth& one : worth_of_more(assumed.facts, assumed.assumptions, slots_of(arguments))) {
    print(fmt::format("one more {} would end it {:.1f} s sooner\n",
                      one.pool.empty() ? "slot" : "CPU of " + one.pool,
                      detail::in_seconds(one.sooner)));
  }
  return exit_ok;
}

int odds(const Program& program, const Arguments& arguments) {
  const Assumed assumed = assumed_of(program, arguments);
  const Forecast forecast = forecast_of(assumed);
  const Odds found = odds_of(assumed.facts, assumed.assumptions, past_of(arguments),
                             {.slots = slots_of(arguments), .trials = arguments.trials});
  print(arguments.json ? to_json(found, forecast) : to_text(found, forecast));
  return exit_ok;
}

int formula(const Program& program, const Arguments& arguments) {
  const Assumed assumed = assumed_of(program, arguments);
  const SizeFormula found = size_formula(assumed.facts, assumed.assumptions);
  std::string text = to_text(found);
  const unsigned slots = slots_of(arguments);
  for (const auto& [list, most] : found.fits(1h, slots))
    text += fmt::format("ends within an hour on {} slot{} while |{}| is at most {:.0f}\n", slots,
                        slots == 1 ? "" : "s", list, most);
  print(text);
  return exit_ok;
}

}  // namespace oche::cli
