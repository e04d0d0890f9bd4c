// time_command.cpp - how long the pipeline takes, and what happens if.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/assumed.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/time.hpp>

namespace oche::cli {

int critical_path(const Program& program, const Arguments& arguments) {
  const Forecast forecast = forecast_of(assumed_of(program, arguments));
  const unsigned slots = slots_of(arguments);
  print(arguments.json ? critical_path_json(forecast, slots) : critical_path_text(forecast, slots));
  return exit_ok;
}

int simulate(const Program& program, const Arguments& arguments) {
  const Forecast forecast = forecast_of(assumed_of(program, arguments));
  const unsigned slots = slots_of(arguments);
  print(arguments.json ? simulation_json(forecast, slots) : simulation_text(forecast, slots));
  return exit_ok;
}

}  // namespace oche::cli
