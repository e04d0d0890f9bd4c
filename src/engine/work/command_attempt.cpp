// command_attempt.cpp - runs a program on a tree and keeps what it made.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/promises.hpp"
#include "engine/work/running_attempt.hpp"
#include "engine/work/running_job.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <cstdint>
#include <utility>

namespace oche::detail {

namespace {

Failure errored(std::string what, std::string hint) {
  return {.what = std::move(what), .kind = FailureClass::errored, .hint = std::move(hint)};
}

/// So little room that a command may have failed for want of it.
bool is_full(const std::filesystem::path& folder) {
  constexpr std::uint64_t enough = std::uint64_t{64} << 10;
  struct statvfs facts{};
  if (::statvfs(folder.c_str(), &facts) != 0) return false;
  const bool has_files_left = facts.f_files == 0 || facts.f_favail > 0;
  return !has_files_left || std::uint64_t{facts.f_bavail} * facts.f_frsize < enough;
}

void check(const CommandSpec& spec, const ResolvedCommand& command) {
  if (command.argv.empty() || command.argv.front().empty()) {
    throw Error(errored("the command has no program", "give argv at least one word"));
  }
  if (!command.image.empty()) {
    throw Error(errored(fmt::format("no executor here runs image {}", command.image),
                        "leave `image` out to run it in the sandbox of this machine"));
  }
  if (!spec.services.empty()) {
    throw Error(errored(fmt::format("no executor here offers service {}", spec.services[0].name),
                        "start it in the command itself, or test without it"));
  }
}

}  // namespace

/// Lays out the tree and starts the program; the rest follows when that has ended.
void RunningAttempt::prepare_command() {
  check(work_->command->spec, work_->resolved);
  if (const Result<> laid = services_.trees.checkout(work_->resolved.tree, folder().string());
      !laid) {
    throw Error(laid.failure());
  }
  launch(request(), [self = shared_from_this()](ProcessResult result) {
    // Reading reports and keeping outputs takes time that the process thread does not have.
    self->services_.workers.submit(
        self->work_->path, [self, result = std::move(result)] { self->command_ended(result); });
  });
}

ProcessRequest RunningAttempt::request() const {
  const CommandSpec& spec = work_->command->spec;
  ProcessRequest made{.argv = work_->resolved.argv,
                      .environment = work_->resolved.env,
                      .folder = folder_,
                      .log = log_,
                      .isolation = wished_isolation(services_.options.isolation),
                      .network = spec.network != Network::none,
                      .grace = services_.options.grace};
  // The environment reaches the program as it is: no secret passes through an argv (X1).
  for (const auto& [variable, name] : spec.secrets) {
    made.environment.emplace_back(variable, secret(name.vault + "/" + name.name));
  }
  if (spec.timeout > Duration{}) made.timeout = spec.timeout;
  return made;
}

void RunningAttempt::command_ended(const ProcessResult& result) {
  AttemptEnd judgement;
  try {
    judgement = judged(result);
  } catch (const Error& error) {
    judgement.failure = error.failure();
  } catch (const std::exception& error) {
    judgement.failure = Failure{.what = error.what(), .kind = FailureClass::errored};
  }
  judgement.exit_status = result.exit_code;
  end(std::move(judgement));
}

AttemptEnd RunningAttempt::judged(const ProcessResult& result) {
  const CommandSpec& spec = work_->command->spec;
  AttemptEnd judgement;
  if (result.not_started || result.cancelled || result.timed_out) {
    judgement.failure = failure_of(result);
    return judgement;
  }
  CommandEnd ended{.exit_status = result.exit_code.value_or(128 + result.signal),
                   .folder = folder_.string(),
                   .spec = &spec};
  if (!spec.outputs.empty()) {
    Result<Tree> outputs = services_.trees.import_files(ended.folder, spec.outputs);
    if (outputs.is_ok()) {
      ended.outputs = std::move(outputs).value();
    } else if (ended.exit_status == 0) {  // else the exit status is the better reason
      judgement.failure = outputs.failure();
      return judgement;
    }
  }
  RunningJob job(*this);
  Failure failure;
  bool succeeded = false;
  Value value = Value::make_in_place(*work_->term.node()->type, [&](void* place) {
    succeeded = work_->command->finish(job, ended, place, failure);
    return succeeded;
  });
  if (succeeded) {
    judgement.value = std::move(value);
  } else {
    judgement.failure = std::move(failure);
  }
  // What a command says on a full disk is no answer to keep: with room it may say something else.
  if (judgement.failure && judgement.failure->kind == FailureClass::failed && is_full(folder_)) {
    judgement.failure->kind = FailureClass::errored;
    judgement.failure->facts.push_back({"disk", "full when the command ended"});
    judgement.failure->hint = "make room on the disk of the state folder and run again";
  }
  return judgement;
}

}  // namespace oche::detail
