// operate_command.cpp - cancel, rebuild and approve: of the running program, or for the next one.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/control.hpp"
#include "cli/terminal.hpp"
#include <oche/engine/plan.hpp>
#include <oche/engine/saved_plan.hpp>
#include <oche/engine/state_folder.hpp>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>

namespace oche::cli {

namespace {

int tell(const Arguments& arguments, const Reply& reply, std::string_view done) {
  if (!reply) {
    print_failure(reply.failure());
    return exit_failed;
  }
  if (!arguments.quiet) {
    for (const std::string& path : reply.value())
      print(fmt::format("{}: {}\n", path, done));
    if (reply.value().empty()) print("nothing to do\n");
  }
  return exit_ok;
}

std::string user_name() {
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : std::to_string(getuid());
}

/// No program is running: who asked what is found out as `plan` does.
Reply approve_later(const Program& program, const Arguments& arguments, const std::string& who) {
  const Plan made = oche::plan(pipeline_of(program, arguments), arguments.engine_options());
  for (const std::string& path : arguments.paths) {
    const auto question = std::find_if(made.questions.begin(), made.questions.end(),
                                       [&](const Question& one) { return one.path == path; });
    if (question == made.questions.end()) {
      std::vector<std::string> asked;
      for (const Question& one : made.questions)
        asked.push_back(one.path);
      return Failure{
          .what = fmt::format("{} does not wait for a person", path),
          .facts = {{"waiting", asked.empty() ? std::string("nothing")
                                              : fmt::format("{}", fmt::join(asked, ", "))}},
          .hint = "what it is asked about must be made first: `run`, then approve"};
    }
    if (const Result<> kept = StateFolder::approve(arguments.state, *question, who); !kept) {
      return kept.failure();
    }
  }
  return arguments.paths;
}

}  // namespace

int cancel(const Program&, const Arguments& arguments) {
  const auto reply = ask(arguments.state, {.command = "cancel", .paths = arguments.paths});
  if (!reply) {
    print_failure({.what = "nothing to cancel: no program is running on this state folder",
                   .facts = {{"folder", arguments.state}},
                   .hint = "name the folder with --state"});
    return exit_failed;
  }
  return tell(arguments, *reply, "cancelled");
}

int rebuild(const Program&, const Arguments& arguments) {
  if (arguments.paths.empty() != arguments.failed) {
    print_failure({.what = "rebuild takes either paths or --failed",
                   .hint = "`rebuild tests`, or `rebuild --failed`"});
    return exit_usage;
  }
  const Request request{.command = arguments.failed ? "rebuild-failed" : "rebuild",
                        .paths = arguments.paths};
  if (const auto reply = ask(arguments.state, request))
    return tell(arguments, *reply, "runs again");
  const Reply later = arguments.failed ? StateFolder::rebuild_failed(arguments.state)
                                       : StateFolder::rebuild(arguments.state, arguments.paths);
  return tell(arguments, later, "will run again with the next `run`");
}

int approve(const Program& program, const Arguments& given) {
  const std::string who = given.who.empty() ? user_name() : given.who;
  if (given.paths.empty() == given.plan.empty()) {
    print_failure({.what = "approve takes either paths or --plan",
                   .hint = "`approve release`, or `approve --plan FILE`"});
    return exit_usage;
  }
  Arguments arguments = given;
  if (!given.plan.empty()) {
    const SavedPlan saved = saved_plan_at(given.plan);
    // Agreeing to what is not planned any more would be a word for nothing.
    const Result<> fits = still_fits(saved, pipeline_of(program, given), given.engine_options());
    if (!fits) {
      print_failure(fits.failure());
      return exit_failed;
    }
    for (const Question& one : saved.questions)
      arguments.paths.push_back(one.path);
    if (arguments.paths.empty()) return tell(arguments, Reply(arguments.paths), "");
  }
  const Request request{.command = "approve", .paths = arguments.paths, .who = who};
  if (const auto reply = ask(arguments.state, request)) {
    return tell(arguments, *reply, "approved by " + who);
  }
  return tell(arguments, approve_later(program, arguments, who),
              "approved by " + who + " for the next `run`");
}

}  // namespace oche::cli
