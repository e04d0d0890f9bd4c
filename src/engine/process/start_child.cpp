// start_child.cpp - turns a request into a running process.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/log_reader.hpp"
#include "engine/process/process_loop.hpp"
#include "engine/process/program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

namespace oche::detail {
namespace {

Failure errored(std::string what, std::vector<Fact> facts = {}, std::string hint = {}) {
  return {.what = std::move(what),
          .kind = FailureClass::errored,
          .facts = std::move(facts),
          .hint = std::move(hint)};
}

std::string text_of(int error) { return std::generic_category().message(error); }

bool has_zero(std::string_view text) { return text.find('\0') != std::string_view::npos; }

/// What the kernel would quietly cut short or misread.
std::optional<Failure> unusable_words(const ProcessRequest& request) {
  if (std::ranges::any_of(request.argv, has_zero)) {
    return errored("an argument of the command holds a zero byte",
                   {{"command", to_shell_line(request.argv)}});
  }
  for (const auto& [name, value] : request.environment) {
    const bool bad_name = name.empty() || has_zero(name) || name.find('=') != std::string::npos;
    if (bad_name) {
      return errored(fmt::format("no name for an environment variable: '{}'", printable(name)));
    }
    if (has_zero(value)) {  // its value may be a secret: only the name is said
      return errored(fmt::format("environment variable {} holds a zero byte", printable(name)));
    }
  }
  return std::nullopt;
}

const std::string* value_of(const Environment& environment, std::string_view name) {
  const auto at = std::ranges::find(environment, name, &Environment::value_type::first);
  return at == environment.end() ? nullptr : &at->second;
}

std::vector<std::string> lines_of(const Environment& environment, bool sandboxed) {
  std::vector<std::string> lines;
  lines.reserve(environment.size() + 2);
  for (const auto& [name, value] : environment)
    lines.push_back(fmt::format("{}={}", name, value));
  if (!value_of(environment, "PATH")) lines.push_back(fmt::format("PATH={}", fixed_path));
  if (sandboxed && !value_of(environment, "HOME")) {
    lines.push_back(fmt::format("HOME={}", sandbox_home));
  }
  return lines;
}

Failure why_not_executed(const SpawnPlan& plan, int error) {
  const auto program = printable(plan.program);
  const std::vector<Fact> facts = {{"program", program}, {"folder", printable(plan.folder)}};
  const auto path = std::filesystem::path{plan.folder} / plan.program;
  std::error_code ignored;
  switch (error) {
    case ENOENT:
      if (std::filesystem::exists(path, ignored)) {
        return errored(fmt::format("the interpreter of {} is missing", program), facts,
                       "see its first line");
      }
      return errored(fmt::format("program not found: {}", program), facts);
    case EACCES:
      return errored(fmt::format("not an executable program: {}", program), facts,
                     "`chmod +x` it, or name its interpreter in argv");
    case ENOEXEC:
      return errored(fmt::format("not a program of this machine: {}", program), facts,
                     "a script needs a first line such as #!/bin/sh");
    case E2BIG:
      return errored("the command's arguments and environment are too long", facts);
    default:
      return errored(fmt::format("cannot execute {}: {}", program, text_of(error)), facts);
  }
}

Failure why_not_spawned(const SpawnPlan& plan, const Spawned& spawned) {
  const std::string_view at = spawned.failed_at;
  if (at == "exec") return why_not_executed(plan, spawned.error);
  if (at == "chdir") {
    return errored(fmt::format("cannot enter the command's folder: {}", text_of(spawned.error)),
                   {{"folder", printable(plan.folder)}});
  }
  return errored(fmt::format("cannot start a process: {}", text_of(spawned.error)),
                 {{"system call", std::string(at)}});
}

}  // namespace

void ProcessLoop::start_child(std::unique_ptr<Child> child) {
  auto& started = *child;
  started.started = clock_->steady();
  children_.emplace(started.id, std::move(child));
  started.result.not_started = launch(started);
  if (started.result.not_started) {
    report(started);
  } else if (started.request.timeout) {
    set_timer(started, started.started + *started.request.timeout);
  }
}

std::optional<Failure> ProcessLoop::plan_for(Child& child, SpawnPlan& plan) {
  const auto& request = child.request;
  if (auto failure = unusable_words(request)) return failure;
  const auto* path = value_of(request.environment, "PATH");
  auto found = find_program(request.argv.empty() ? std::string{} : request.argv.front(),
                            path ? std::string_view{*path} : fixed_path);
  if (found.failure) return found.failure;
  if (request.isolation != Isolation::none) {
    child.result.sandboxed = isolation().is_available();
    if (!child.result.sandboxed && request.isolation == Isolation::required) {
      return errored("no sandbox for a command that needs one", {{"reason", offer_.why_not}},
                     "install bubblewrap where the command runs");
    }
  }
  plan.environment = lines_of(request.environment, child.result.sandboxed);
  if (child.result.sandboxed) {
    plan.program = offer_.bwrap;
    plan.argv = offer_.root.wrap(offer_.bwrap, found.path, request);
    plan.argv.insert(plan.argv.end(), request.argv.begin() + 1, request.argv.end());
    plan.folder = "/";
  } else {
    plan.program = std::move(found.path);
    plan.argv = request.argv;
    plan.folder = (request.folder / request.start_in).string();
  }
  return std::nullopt;
}

std::optional<Failure> ProcessLoop::launch(Child& child) {
  SpawnPlan plan;
  if (auto failure = plan_for(child, plan)) return failure;
  auto output = make_pipe();
  auto status = child.result.sandboxed ? make_pipe() : Pipe{};
  if (!output.reading.is_open() || (child.result.sandboxed && !status.reading.is_open())) {
    return errored(fmt::format("cannot start a process: {}", text_of(errno)));
  }
  plan.input = nothing_.get();
  plan.output = output.writing.get();
  plan.status = status.writing.get();
  if (child.result.sandboxed) {
    if (fences_) plan.fence = fences_->entrance_for_sandboxes();
  } else if (fences_) {
    child.fence = fences_->take();
    if (child.fence) plan.fence = child.fence->entrance();
  }
  auto spawned = spawner_.spawn(plan);
  if (child.fence && spawned.error == 0 && !spawned.is_fenced) {
    fences_->give_up();
    child.fence.reset();
  }
  if (spawned.error != 0) return why_not_spawned(plan, spawned);
  child.pid = spawned.pid;
  child.exit = std::move(spawned.handle);
  child.output = std::move(output.reading);
  child.status = std::move(status.reading);
  ::fcntl(child.output.get(), F_SETFL, O_NONBLOCK);
  const bool watched = watch(child.output.get(), child.id, Watch::output) &&
                       watch(child.exit.get(), child.id, Watch::exit);
  if (child.status.is_open()) {
    ::fcntl(child.status.get(), F_SETFL, O_NONBLOCK);
    watch(child.status.get(), child.id, Watch::status);
  }
  if (watched) return std::nullopt;
  auto failure = errored(fmt::format("cannot watch a process: {}", text_of(errno)));
  ::kill(-child.pid, SIGKILL);
  if (child.fence) child.fence->kill();
  child.fence.reset();  // not to be used again: nobody waits until it is empty
  siginfo_t ignored{};
  while (::waitid(P_PIDFD, static_cast<id_t>(child.exit.get()), &ignored, WEXITED) != 0 &&
         errno == EINTR) {
  }
  return failure;
}

}  // namespace oche::detail
