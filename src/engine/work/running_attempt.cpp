// running_attempt.cpp - one try at running a step or command: what both have in common.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/running_attempt.hpp"

#include "engine/process/log_reader.hpp"
#include "engine/process/masker.hpp"
#include <oche/base/error.hpp>
#include <oche/base/record.hpp>

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
    for (const auto& [variable, name] : work.command->spec.secrets)
      names.push_back(name);
  }
  return names;
}

}  // namespace

RunningAttempt::RunningAttempt(Services& services, std::shared_ptr<const Work> work,
                               std::int64_t id)
    : services_(services),
      work_(std::move(work)),
      id_(id),
      log_name_(services.log_name(id)),
      log_path_((services.folder() / log_name_).string()),
      started_(services.clock->now()),
      steady_start_(services.clock->steady()) {}

void RunningAttempt::start(Ended ended) {
  ended_ = std::move(ended);
  if (services_.by_hand) {
    log_is_there();  // it has one only if something is written to it
    return services_.by_hand->begun(shared_from_this());
  }
  services_.workers.submit(work_->path, [self = shared_from_this()] { self->run(); });
}

/// Whatever goes wrong in here is this attempt's failure and nobody else's (semantics §5).
void RunningAttempt::run() {
  AttemptEnd failed;
  try {
    const std::optional<Failure> missing = read_secrets();
    open_log();
    if (missing) throw Error(*missing);
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

std::optional<Failure> RunningAttempt::read_secrets() {
  for (SecretName& name : named_secrets(*work_)) {
    std::optional<std::string> bytes;
    if (services_.options.vault) bytes = services_.options.vault(name);
    if (!bytes) {
      return Failure{
          .what = fmt::format("there is no secret {} in vault {}", name.name, name.vault),
          .kind = FailureClass::errored,
          .hint = "give the program a vault that has it"};
    }
    secrets_.push_back({std::move(name), std::move(*bytes)});
  }
  return std::nullopt;
}

void RunningAttempt::open_log() {
  LogOptions options;
  for (const Revealed& secret : secrets_)
    options.secrets.push_back(secret.bytes);
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
  log_is_there();
}

void RunningAttempt::log_is_there() {
  if (const auto call = std::exchange(on_log_, nullptr)) call();
}

const std::filesystem::path& RunningAttempt::folder() {
  if (folder_.empty()) folder_ = services_.work_folders.take();
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
  process_ = services_.processes.start(
      std::move(request),
      [self = shared_from_this(), done = std::move(done)](ProcessResult result) {
        if (result.left_somebody) self->left_somebody_.store(true);
        done(std::move(result));
      },
      std::move(output));
  // Cancelled between the last look and now: `cancel` found no process to tell.
  if (is_cancelled()) services_.processes.cancel(*process_);
}

void RunningAttempt::cancel() {
  cancelled_.store(true, std::memory_order_relaxed);
  if (services_.by_hand) services_.by_hand->cancelled(*this);
  const std::lock_guard lock(mutex_);
  if (process_) services_.processes.cancel(*process_);
}

void RunningAttempt::time_out() {
  timed_out_.store(true, std::memory_order_relaxed);
  cancel();
}

void RunningAttempt::hide_secrets(AttemptEnd& end) const {
  if (end.value) {
    std::string bytes;
    encode(end.value.type(), end.value.data(), bytes);
    for (const Revealed& secret : secrets_) {
      if (secret.bytes.empty() || bytes.find(secret.bytes) == std::string::npos) continue;
      end.failure = Failure{.what = fmt::format("its result holds the secret {}", secret.name.name),
                            .kind = FailureClass::errored,
                            .hint = "results are stored and shown: leave the secret out of it"};
      end.value = {};
      return;
    }
  }
  if (!end.failure) return;
  std::vector<std::string> all;
  for (const Revealed& secret : secrets_)
    all.push_back(secret.bytes);
  const auto hide = [&](std::string& text) {
    Masker masker(all);
    std::string masked;
    masker.feed(text, masked);
    masker.flush(masked);
    text = std::move(masked);
  };
  hide(end.failure->what);
  hide(end.failure->hint);
  for (Fact& fact : end.failure->facts) {
    hide(fact.name);
    hide(fact.value);
  }
}

void RunningAttempt::end(AttemptEnd end) {
  end.duration = services_.clock->steady() - steady_start_;
  if (end.isolation.empty()) end.isolation = work_->command ? work_->promise.isolation : "none";
  if (timed_out_.load(std::memory_order_relaxed)) {
    Failure late{.what = "took longer than its timeout", .kind = FailureClass::timed_out};
    if (end.failure) late.facts.push_back({"then", end.failure->what});
    end.failure = std::move(late);
    end.value = {};
  }
  if (!secrets_.empty()) hide_secrets(end);
  if (log_) {
    if (end.failure) log_->append(render(*end.failure));
    const LogStatus status = log_->finish();
    if (end.failure && status.left_out > 0) {
      end.failure->facts.push_back(
          {"log", fmt::format("{} bytes were left out of it", status.left_out)});
    }
  }
  log_is_there();  // or there is none
  if (!folder_.empty()) services_.work_folders.give_back(folder_, !left_somebody_.load());
  const Ended ended = std::exchange(ended_, nullptr);
  ended(shared_from_this(), std::move(end));
}

}  // namespace oche::detail
