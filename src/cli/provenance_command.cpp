// provenance_command.cpp - what a plan expects as an in-toto layout, and what ran against it.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/read_file.hpp"
#include "cli/terminal.hpp"
#include <oche/engine/provenance.hpp>

#include <fmt/format.h>

namespace oche::cli {

namespace {

Layout layout_at(const std::string& name) {
  return read_file(name, layout_from_json, "`provenance --out FILE` writes one");
}

/// 1 if what ran is not what was expected, 69 if nobody knows what ran.
int check_against(const Layout& layout, const Arguments& arguments) {
  const Result<std::vector<StepLink>> links = links_of(layout, arguments.state);
  if (!links) {
    print_failure(links.failure());
    return exit_state;
  }
  const std::vector<Departure> found = departures(layout, links.value());
  if (arguments.json)
    print(fmt::format("{{\"departures\":{},\n\"links\":{}}}\n", to_json(found),
                      to_json(links.value())));
  else if (!arguments.quiet || !found.empty())
    print(to_text(found));
  return found.empty() ? exit_ok : exit_failed;
}

}  // namespace

int provenance(const Program& program, const Arguments& arguments) {
  if (!arguments.checked.empty()) return check_against(layout_at(arguments.checked), arguments);
  print_to(arguments.out,
           to_json(expected_layout(pipeline_of(program, arguments), arguments.engine_options())));
  return exit_ok;
}

}  // namespace oche::cli
