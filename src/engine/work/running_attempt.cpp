// running_attempt.cpp - one try at running a step or command: what both have in common.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/running_attempt.hpp"

#include "engine/process/log_reader.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <unistd.h>

#include <array>
#include <span>
#include <utility>

namespace oche::detail {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

std::vector<SecretName> named_secrets(const Work& work) {
  std::vector<SecretName> names;
  if (work.step != nullptr) {
    for (const SecretNames::Entry& entry : work.step->options.secrets) {
      names.push_back({std::string(entry.vault), std::string(entry.name)});
    }
  } else {
    for (const auto& [variable, name] : work.command->spec.secrets) names.push_back(name);
  }
  return names;
}

}  // namespace

RunningAttempt::RunningAttempt(Services& services, std::shared_ptr<const Work> work,
                               std::int64_t id)
    : services_(services),
      work_(std::move(work)),
      id_(id),
      log_path_(services.log_path(id)),
      started_(services.clock->now()),
      steady_start_(services.clock->steady()) {}

void RunningAttempt::start(Ended ended) {
  ended_ = std::move(ended);
  services_.workers.submit(work_->path, [self = shared_from_this()] { self->run(); });
}

/// Whatever goes wrong in here is this attempt's failure and nobody else's (semantics §5).
void RunningAttempt::run() {
  AttemptEnd failed;
  try {
    read_secrets();
    open_log();
    if (is_cancelled()) {
      throw Error(Failure{.what = "cancelled before it began", .kind = FailureClass::cancelled});
    }
    if (work_->step != nullptr) return run_function();
    return prepare_command();
  } catch (const Error& error) {
    failed.failure = error.failure();
  } catch (const std::exception& error) {
    failed.failure = Failure{.what = error.what(), .kind = FailureClass::errored};
  }
  end(std::move(failed));
}

void RunningAttempt::read_secrets() {
  for (SecretName& name : named_secrets(*work_)) {
    std::optional<std::string> bytes;
    if (services_.options.vault) bytes = services_.options.vault(name);
    if (!bytes) {
      throw Error(Failure{.what = fmt::format("there is no secret {} in vault {}", name.name,
                                              name.vault),
                          .kind = FailureClass::errored,
                          .hint = "give the program a vault that has it"});
    }
    secrets_.push_back({std::move(name), std::move(*bytes)});
  }
}

void RunningAttempt::open_log() {
  LogOptions options;
  for (const Revealed& secret : secrets_) options.secrets.push_back(secret.bytes);
  log_ = std::make_shared<LogWriter>(log_path_, std::move(options));
  LogHead head{.key = work_->key.hex(), .host = host_name()};
  if (work_->step != nullptr) {
    head.argv = {"step", work_->name()};
    head.isolation = "none: a function of this program";
  } else {
    head.argv = work_->resolved.argv;
    head.isolation = work_->promise.isolation;
  }
  log_->append(to_text(head));
}

const std::filesystem::path& RunningAttempt::folder() {
  if (folder_.empty()) {
    folder_ = services_.work_folder() / std::to_string(id_);
    std::filesystem::create_directories(folder_);
  }
  return folder_;
}

const std::string& RunningAttempt::secret(std::string_view name) const {
  for (const Revealed& secret : secrets_) {
    if (secret.name.name == name || secret.name.vault + "/" + secret.name.name == name) {
      return secret.bytes;
    }
  }
  throw Error(Failure{.what = fmt::format("the step's options name no secret \"{}\"", name),
                      .kind = FailureClass::errored,
                      .hint = "add it to StepOptions.secrets, so that analyses see it"});
}

void RunningAttempt::launch(ProcessRequest request, OnExit done, OnOutput output) {
  const std::lock_guard lock(mutex_);
  process_ = services_.processes.start(std::move(request), std::move(done), std::move(output));
  // Cancelled between the last look and now: `cancel` found no process to tell.
  if (is_cancelled()) services_.processes.cancel(*process_);
}

void RunningAttempt::cancel() {
  cancelled_.store(true, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  if (process_) services_.processes.cancel(*process_);
}

void RunningAttempt::time_out() {
  timed_out_.store(true, std::memory_order_relaxed);
  cancel();
}

void RunningAttempt::end(AttemptEnd end) {
  end.duration = services_.clock->steady() - steady_start_;
  if (end.isolation.empty()) end.isolation = work_->command ? work_->promise.isolation : "none";
  if (end.failure && timed_out_.load(std::memory_order_relaxed)) {
    end.failure->kind = FailureClass::timed_out;
    end.failure->what = fmt::format("took longer than its timeout: {}", end.failure->what);
  }
  if (log_) {
    if (end.failure) log_->append(render(*end.failure));
    log_->finish();
  }
  if (!folder_.empty()) {
    std::error_code ignored;  // a sandboxed program may have left what we cannot remove
    std::filesystem::remove_all(folder_, ignored);
  }
  const Ended ended = std::exchange(ended_, nullptr);
  ended(shared_from_this(), std::move(end));
}

}  // namespace oche::detail
