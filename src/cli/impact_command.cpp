// impact_command.cpp - what would run again if inputs, steps, files or source lines changed.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/impact.hpp>
#include <oche/analysis/query.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace oche::cli {

namespace {

/// `name:digits` at the end: no path of a node ends so unless there is one.
bool looks_like_a_line(const std::string& word) {
  const std::size_t colon = word.rfind(':');
  return colon != std::string::npos && colon + 1 < word.size() &&
         std::isdigit(static_cast<unsigned char>(word[colon + 1])) != 0;
}

std::vector<NodeId> nodes_meant(const Facts& facts, const std::string& word) {
  const bool is_line = !facts.graph().find(word) && looks_like_a_line(word);
  Result<std::vector<NodeId>> found =
      is_line ? written_at(facts, word) : oche::query(facts, '"' + word + '"');
  if (!found) throw WrongUsage(found.failure());
  return std::move(found).value();
}

}  // namespace

int impact(const Program& program, const Arguments& arguments) {
  if (arguments.paths.empty() == arguments.files.empty())
    throw WrongUsage(Failure{.what = "impact takes either paths and lines, or files",
                             .hint = "as in `impact tests`, `impact main.cpp:12`, `impact --file "
                                     "src/main.c`"});
  const Facts facts{Graph(pipeline_of(program, arguments))};
  std::vector<NodeId> changed;
  for (const std::string& word : arguments.paths)
    for (const NodeId node : nodes_meant(facts, word))
      changed.push_back(node);
  const Impact impact =
      arguments.files.empty() ? impact_of(facts, changed) : impact_of_files(facts, arguments.files);
  print(arguments.json ? to_json(facts, impact) : to_text(facts, impact));
  return exit_ok;
}

}  // namespace oche::cli
