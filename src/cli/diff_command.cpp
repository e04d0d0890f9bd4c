// diff_command.cpp - what has changed in the pipeline since an outline of it was saved.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/diff.hpp>
#include <oche/engine/state_folder.hpp>
#include <oche/graph/graph.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace oche::cli {

namespace {

std::string text_of_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file)
    throw WrongUsage(Failure{.what = fmt::format("there is no file {} that can be read", name),
                             .hint = "`graph --format json` of the old version writes one"});
  return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, Duration> durations_of(const std::string& folder) {
  if (!std::filesystem::exists(folder)) return {};
  const Result<StateFolder> opened = StateFolder::open(folder);
  return opened.is_ok() ? opened.value().usual_durations() : std::map<std::string, Duration>();
}

}  // namespace

int diff(const Program& program, const Arguments& arguments) {
  const std::string& name = arguments.paths.front();
  const Result<Outline> before = outline_from_json(text_of_file(name));
  if (!before) {
    Failure failure = before.failure();
    failure.facts.push_back({"file", name});
    throw WrongUsage(std::move(failure));
  }
  const Graph graph(pipeline_of(program, arguments));
  const unsigned slots =
      arguments.slots != 0 ? arguments.slots : std::max(1u, std::thread::hardware_concurrency());
  const Difference difference =
      oche::diff(before.value(), outline_of(program, graph),
                 {.durations = durations_of(arguments.state), .slots = slots});
  if (arguments.json)
    print(to_json(difference));
  else if (!arguments.quiet || !difference.is_same())
    print(oche::to_text(difference));
  return difference.is_same() ? exit_ok : exit_failed;
}

}  // namespace oche::cli
