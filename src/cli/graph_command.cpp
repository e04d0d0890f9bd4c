// graph_command.cpp - draws the pipeline: before anything runs, or as a running program sees it.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/control.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/check.hpp>
#include <oche/base/error.hpp>
#include <oche/graph/graph.hpp>
#include <oche/render/render.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oche::cli {

namespace {

Picture drawn(const Program& program, const Graph& graph, const Arguments& arguments) {
  PictureOptions options{.title = program.name};
  std::vector<std::string> groups;
  for (const Group& group : graph.groups())
    groups.push_back(group.path);
  for (const std::string& path : arguments.expand) {
    if (std::find(groups.begin(), groups.end(), path) == groups.end()) {
      Failure failure{.what = fmt::format("there is no group \"{}\" in the pipeline", path),
                      .hint = did_you_mean(path, groups)};
      if (failure.hint.empty())
        failure.hint = "sections and lists are groups: `tests`, `platforms/*`";
      throw WrongUsage(std::move(failure));
    }
    options.expanded.insert(path);
  }
  return picture(graph, options);
}

/// The running program's own picture, since only it knows its states.
Picture live(const Arguments& arguments) {
  const auto reply = ask(arguments.state, {.command = "picture", .paths = arguments.expand});
  if (!reply) {
    throw Error(Failure{.what = "no program is running on this state folder",
                        .kind = FailureClass::errored,
                        .facts = {{"folder", arguments.state}},
                        .hint = "without --live, `graph` draws the pipeline as it is written"});
  }
  if (!*reply) throw Error(reply->failure());
  Result<Picture> read = picture_from_json(reply->value().at(0));
  if (!read) throw Error(read.failure());
  return std::move(read).value();
}

std::string rendered(const Picture& picture, const std::string& format) {
  if (format == "dot") return to_dot(picture);
  if (format == "svg") return to_svg(picture);
  if (format == "json") return to_json(picture);
  if (format == "mermaid") return to_mermaid(picture);
  return oche::to_text(
      picture, {.style = style_of(stdout), .width = is_terminal(stdout) ? width_of(stdout) : 0});
}

}  // namespace

Outline outline_of(const Program& program, const Graph& graph) {
  const Facts facts(graph);
  return oche::outline_of(facts, oche::check(facts, program.policies));
}

int graph(const Program& program, const Arguments& arguments) {
  const std::string format = arguments.json ? "json" : arguments.format;
  if (arguments.live) {
    print(rendered(live(arguments), format));
    return exit_ok;
  }
  const Graph graph(pipeline_of(program, arguments));
  const Picture picture = drawn(program, graph, arguments);
  print(format == "json" ? to_json(picture, to_json(outline_of(program, graph)))
                         : rendered(picture, format));
  return exit_ok;
}

}  // namespace oche::cli
