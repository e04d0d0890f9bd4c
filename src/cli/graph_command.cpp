// graph_command.cpp - draws the pipeline: before anything runs, or as a running program sees it.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/assumed.hpp"
#include "cli/commands.hpp"
#include "cli/control.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/check.hpp>
#include <oche/base/error.hpp>
#include <oche/graph/graph.hpp>
#include <oche/render/render.hpp>
#include <oche/render/shrink.hpp>
#include <oche/render/workflow.hpp>

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
  // A step in a closed group has no neighbours.
  if (!arguments.around.empty() || arguments.whole) options.open = Open::all;
  return picture(graph, options);
}

/// Only what is near the paths that were named.
Picture near(const Picture& whole, const Arguments& arguments) {
  std::vector<std::string> known;
  for (const Box& box : whole.boxes)
    known.push_back(box.id);
  for (const Frame& frame : whole.frames) {
    known.push_back(frame.id);
    if (frame.id.ends_with("/*")) known.push_back(frame.id.substr(0, frame.id.size() - 2));
  }
  for (const std::string& path : arguments.around) {
    if (std::find(known.begin(), known.end(), path) != known.end()) continue;
    throw WrongUsage(Failure{.what = fmt::format("there is no \"{}\" in the picture", path),
                             .hint = did_you_mean(path, known)});
  }
  return neighbourhood(whole, {arguments.around.begin(), arguments.around.end()},
                       arguments.distance);
}

/// The part that was asked for, with at most so many boxes that one can read it.
Picture readable(Picture drawn, const Program& program, const Arguments& arguments) {
  if (arguments.critical) {
    const Assumed assumed = assumed_of(program, arguments);
    const Forecast forecast = forecast_of(assumed);
    std::set<std::string> paths;
    for (const std::uint32_t step : forecast.critical()) {
      paths.insert(forecast.steps()[step].path);
      // Of a list that is drawn once, its template.
      paths.emplace(assumed.facts.graph().path(forecast.steps()[step].node));
    }
    mark_critical(drawn, paths);
  }
  if (!arguments.around.empty()) drawn = near(drawn, arguments);
  if (arguments.red) drawn = only_red(drawn);
  const bool is_for_programs = arguments.json || arguments.format == "json";
  return is_for_programs || arguments.whole ? drawn : shrunk(std::move(drawn));
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

/// The file on standard output, what it could not say on standard error.
int write_workflow(const Program& program, const Arguments& arguments, Dialect dialect) {
  const Graph graph(pipeline_of(program, arguments));
  const Workflow made = to_workflow(graph, {.dialect = dialect, .title = program.name});
  print_to(arguments.out, arguments.json ? to_json(made) : made.text);
  if (!arguments.json && !arguments.quiet && !made.losses.empty()) {
    std::fputs("what this file cannot say:\n", stderr);
    std::fputs(oche::to_text(made.losses).c_str(), stderr);
  }
  return exit_ok;
}

}  // namespace

Outline outline_of(const Program& program, const Graph& graph) {
  const Facts facts(graph);
  return oche::outline_of(facts, oche::check(facts, program.policies));
}

int graph(const Program& program, const Arguments& arguments) {
  if (arguments.format == "github") return write_workflow(program, arguments, Dialect::github);
  if (arguments.format == "gitlab") return write_workflow(program, arguments, Dialect::gitlab);
  if (arguments.red && !arguments.live) {
    throw WrongUsage(
        Failure{.what = "--red shows states, which a pipeline that does not run has not",
                .hint = "add --live"});
  }
  const std::string format = arguments.json ? "json" : arguments.format;
  if (arguments.live) {
    print_to(arguments.out, rendered(readable(live(arguments), program, arguments), format));
    return exit_ok;
  }
  const Graph graph(pipeline_of(program, arguments));
  const Picture picture = readable(drawn(program, graph, arguments), program, arguments);
  print_to(arguments.out, format == "json" ? to_json(picture, to_json(outline_of(program, graph)))
                                           : rendered(picture, format));
  return exit_ok;
}

}  // namespace oche::cli
