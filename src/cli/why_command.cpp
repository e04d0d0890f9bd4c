// why_command.cpp - why a step would run, ran, or does not.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/engine/why.hpp>

#include <nlohmann/json.hpp>

namespace oche::cli {

int why(const Program& program, const Arguments& arguments) {
  const AnyTerm pipeline = pipeline_of(program, arguments);
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const std::string& path : arguments.paths) {
    const Result<Why> answer = oche::why(pipeline, path, arguments.engine_options());
    if (!answer) throw WrongUsage(answer.failure());
    if (arguments.json)
      all.push_back(nlohmann::ordered_json::parse(to_json(answer.value())));
    else
      print(oche::to_text(answer.value()));
  }
  if (arguments.json) print(detail::json_page(all));
  return exit_ok;
}

}  // namespace oche::cli
