// golden_command.cpp - every operation with its arguments, as text to keep in a test.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/golden.hpp>

#include <nlohmann/json.hpp>

namespace oche::cli {

int golden(const Program& program, const Arguments& arguments) {
  const std::string text = oche::golden(Facts{Graph(pipeline_of(program, arguments))});
  const nlohmann::ordered_json json{{"golden", text}};
  print(arguments.json ? detail::json_page(json) : text);
  return exit_ok;
}

}  // namespace oche::cli
