// running_attempt.hpp - one try at running a step or command.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/services.hpp"
#include "engine/jobs/work.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace oche::detail {

/// Runs work off the engine's thread, once; `ended` is called on some other thread.
///
/// A function step cannot be stopped, only asked to (`Job::cancelled`). A command's whole process
/// group gets TERM, then KILL.
///
/// Threads: `start` and what it leads to, one after the other; `cancel` and `time_out` from any.
class RunningAttempt : public std::enable_shared_from_this<RunningAttempt> {
 public:
  using Ended = std::function<void(const std::shared_ptr<RunningAttempt>&, AttemptEnd)>;

  RunningAttempt(Services& services, std::shared_ptr<const Work> work, std::int64_t id);

  /// `call` is called once, on some other thread, when its log is there or cannot be made. Before
  /// `start`.
  void on_log(std::function<void()> call) { on_log_ = std::move(call); }
  void start(Ended ended);
  void cancel();
  /// As `cancel`, for what has had its time; it ends as timed out whenever it returns.
  void time_out();
  [[nodiscard]] bool is_cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

  [[nodiscard]] std::int64_t id() const { return id_; }
  [[nodiscard]] Time started() const { return started_; }
  /// On the steady clock.
  [[nodiscard]] std::chrono::nanoseconds steady_start() const { return steady_start_; }
  [[nodiscard]] const Work& work() const { return *work_; }
  [[nodiscard]] Services& services() const { return services_; }
  /// Below the state folder, and whole.
  [[nodiscard]] const std::string& log_name() const { return log_name_; }
  [[nodiscard]] const std::string& log_path() const { return log_path_; }

  // ---- for the function that runs ----
  /// This attempt's own folder, made when first asked for, removed when it ends.
  [[nodiscard]] const std::filesystem::path& folder();
  /// Runs a process, so that `cancel` reaches it; `done` is called on the process thread.
  void launch(ProcessRequest request, OnExit done, OnOutput output = {});
  /// A secret that the step or command names. Fails: throws oche::Error for any other.
  [[nodiscard]] const std::string& secret(std::string_view name) const;
  [[nodiscard]] const std::shared_ptr<LogWriter>& log() const { return log_; }

  // ---- by hand: once it has begun, one of these ends it, once ----
  void end(AttemptEnd end);
  /// A step's function, on this thread.
  void run_here();
  /// A command's program has left these files (names and texts) and this exit status.
  void exit_here(int status, const std::map<std::string, std::string>& files);

 private:
  void run();
  void open_log();
  void log_is_there();
  /// The secrets that it names; the failure says which one is missing.
  [[nodiscard]] std::optional<Failure> read_secrets();
  void run_function();
  void prepare_command();
  [[nodiscard]] ProcessRequest request() const;
  void command_ended(const ProcessResult& result);
  [[nodiscard]] AttemptEnd judged(const ProcessResult& result);
  /// Keeps X1: no result and no failure holds a secret's bytes.
  void hide_secrets(AttemptEnd& end) const;

  struct Revealed {
    SecretName name;
    std::string bytes;
  };

  Services& services_;
  const std::shared_ptr<const Work> work_;
  const std::int64_t id_;
  const std::string log_name_;
  const std::string log_path_;
  const Time started_;
  const std::chrono::nanoseconds steady_start_;
  std::function<void()> on_log_;
  Ended ended_;
  std::shared_ptr<LogWriter> log_;
  std::filesystem::path folder_;
  std::vector<Revealed> secrets_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> timed_out_ = false;
  std::atomic<bool> left_somebody_ = false;
  std::mutex mutex_;  // guards process_
  std::optional<ProcessId> process_;
};

}  // namespace oche::detail
