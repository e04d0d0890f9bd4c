// diff_command.cpp - what has changed in the pipeline since an outline of it was saved.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/assumed.hpp"
#include "cli/commands.hpp"
#include "cli/read_file.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/diff.hpp>
#include <oche/graph/graph.hpp>

namespace oche::cli {

int diff(const Program& program, const Arguments& arguments) {
  const Outline before = read_file(arguments.paths.front(), outline_from_json,
                                   "`graph --format json` of the old version writes one");
  const Graph graph(pipeline_of(program, arguments));
  const Difference difference =
      oche::diff(before, outline_of(program, graph),
                 {.durations = usual_durations(arguments), .slots = slots_of(arguments)});
  if (arguments.json)
    print(to_json(difference));
  else if (!arguments.quiet || !difference.is_same())
    print(oche::to_text(difference));
  return difference.is_same() ? exit_ok : exit_failed;
}

}  // namespace oche::cli
