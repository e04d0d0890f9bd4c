// run_command.cpp - evaluates the pipeline and tells how it goes.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/assumed.hpp"
#include "cli/commands.hpp"
#include "cli/control.hpp"
#include "cli/progress.hpp"
#include "cli/signals.hpp"
#include "cli/summary.hpp"
#include "cli/terminal.hpp"
#include <oche/base/error.hpp>
#include <oche/engine/engine.hpp>
#include <oche/graph/graph.hpp>
#include <oche/render/json.hpp>
#include <oche/term/term.hpp>

#include <fmt/format.h>
#include <poll.h>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace oche::cli {

namespace {

constexpr int redraw = 100;  // ms

/// Only the part of the pipeline that leads to one step.
AnyTerm only(const AnyTerm& whole, const std::string& path) {
  const Graph graph(whole);
  const std::optional<NodeId> node = graph.find(path);
  if (!node) {
    std::vector<std::string> known;
    for (NodeId one = 0; one < graph.size(); ++one) {
      if (graph.is_visible(one)) known.emplace_back(graph.path(one));
    }
    Failure failure{.what = fmt::format("there is no \"{}\" in the pipeline", path),
                    .hint = did_you_mean(path, known)};
    if (failure.hint.empty()) failure.hint = "`graph` shows every path";
    throw WrongUsage(std::move(failure));
  }
  if (graph.template_of(*node) != 0) {
    throw WrongUsage(Failure{.what = fmt::format("{} is done for each item of a list", path),
                             .hint = "name the list itself: an item alone is not known yet"});
  }
  const detail::Node* term = &graph.term(*node);
  detail::retain(term);
  // Its name may have been given by a branch around it, which is not there any more.
  const std::string_view name = graph.path(*node);
  return all({{std::string(name.substr(name.rfind('/') + 1)), AnyTerm(term)}});
}

std::unique_ptr<Reporter> reporter_for(const Graph& graph, const Arguments& arguments) {
  if (arguments.json) return make_json_reporter();
  if (arguments.quiet) return make_quiet_reporter();
  return make_line_reporter(graph, usual_durations(arguments), slots_of(arguments));
}

Reply answer(const std::string& program, Engine& engine, const Evaluation& evaluation,
             const Request& request) {
  if (request.command == "rebuild-failed") return engine.rebuild_failed();
  if (request.command == "waiting") return summary_of(evaluation, {}).waiting;
  if (request.command == "picture") {
    PictureOptions options{.title = program,
                           .expanded = {request.paths.begin(), request.paths.end()}};
    return std::vector{to_json(picture(evaluation.graph(), options, evaluation.snapshot().get()))};
  }
  std::vector<std::string> named;
  for (const std::string& path : request.paths) {
    Reply reply = request.command == "cancel"    ? engine.cancel(path)
                  : request.command == "rebuild" ? engine.rebuild(path)
                  : request.command == "approve"
                      ? engine.approve(path, request.who)
                      : Reply(Failure{.what = "unknown command " + request.command});
    if (!reply) return reply;
    for (const std::string& name : reply.value())
      named.push_back(name);
  }
  return named;
}

/// Goes round until nothing is left to do (`run`), or somebody ends it. False: interrupted.
bool loop(Engine& engine, const Evaluation& evaluation, Reporter& reporter, const Signals& signals,
          bool goes_on, const std::function<void()>& settled) {
  EventReader events = engine.events();
  const auto show = [&] {
    while (const std::optional<Event> event = events.next()) {
      reporter.show(*event);
      if (goes_on && event->what == Event::What::settled) settled();
    }
  };
  for (;;) {
    engine.advance();
    show();
    if (!goes_on && evaluation.is_settled()) return true;
    if (reporter.is_live()) reporter.tick(*evaluation.snapshot(), {});
    pollfd readable[2] = {{engine.fd(), POLLIN, 0}, {signals.fd(), POLLIN, 0}};
    poll(readable, 2, reporter.is_live() ? redraw : -1);
    if (readable[1].revents != 0) return false;
  }
}

/// The plan of this file; if the pipeline would do something else by now, says so.
bool is_held_to(const std::string& file, const AnyTerm& pipeline, EngineOptions& options) {
  options.held_to = std::make_shared<const SavedPlan>(saved_plan_at(file));
  const Result<> fits = still_fits(*options.held_to, pipeline, options);
  if (fits) return true;
  print_failure(fits.failure());
  return false;
}

}  // namespace

int run(const Program& program, const Arguments& arguments) {
  AnyTerm pipeline = pipeline_of(program, arguments);
  if (!keeps_policies(program, arguments, pipeline)) return exit_failed;
  if (!arguments.only.empty()) pipeline = only(pipeline, arguments.only);
  EngineOptions options = arguments.engine_options();
  if (!arguments.plan.empty() && !is_held_to(arguments.plan, pipeline, options)) return exit_failed;
  const Signals signals;
  std::optional<Engine> engine;
  try {
    engine.emplace(std::move(options));
  } catch (const Error& error) {
    print_failure(error.failure());
    return exit_state;
  }
  const auto begun = std::chrono::steady_clock::now();
  const Evaluation evaluation = engine->start(pipeline);
  const std::unique_ptr<Reporter> reporter = reporter_for(evaluation.graph(), arguments);
  std::optional<ControlServer> control;
  control.emplace(arguments.state, [&](const Request& request) {
    return answer(program.name, *engine, evaluation, request);
  });
  const auto summarise = [&] {
    Summary summary = summary_of(evaluation, std::chrono::steady_clock::now() - begun);
    if (arguments.json) {
      print(to_json_line(summary));
    } else if (!arguments.quiet) {
      print(to_text(summary));
    }
    return summary;
  };
  const bool has_settled = loop(*engine, evaluation, *reporter, signals,
                                arguments.command == "watch", [&] { (void)summarise(); });
  reporter->finish();
  control.reset();
  if (!has_settled) {
    engine.reset();  // cancels what runs, and waits for it
    if (!arguments.quiet) std::fputs("interrupted; what had finished is kept\n", stderr);
    return exit_interrupted;
  }
  return exit_of(summarise());
}

}  // namespace oche::cli
