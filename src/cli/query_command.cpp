// query_command.cpp - which steps an expression selects.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/query.hpp>

#include <fmt/format.h>

#include <utility>

namespace oche::cli {

int query(const Program& program, const Arguments& arguments) {
  const Facts facts{Graph(pipeline_of(program, arguments))};
  const std::string expression = fmt::format("{}", fmt::join(arguments.paths, " "));
  Result<std::vector<NodeId>> found = oche::query(facts, expression);
  if (!found) throw WrongUsage(found.failure());
  std::vector<NodeId> nodes = std::move(found).value();
  if (!arguments.hidden)
    std::erase_if(nodes, [&](NodeId node) { return !facts.graph().is_visible(node); });
  print(arguments.json ? to_json(facts, nodes) : to_text(facts, nodes));
  return exit_ok;
}

}  // namespace oche::cli
