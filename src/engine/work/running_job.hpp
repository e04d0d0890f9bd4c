// running_job.hpp - the Job that a step's function is given, and what plug-ins may ask of it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/trees.hpp"
#include "engine/work/running_attempt.hpp"
#include <oche/term/job.hpp>

#include <string>

namespace oche::detail {

/// Threads: the one that runs the function.
class RunningJob : public Job {
 public:
  explicit RunningJob(RunningAttempt& attempt) : attempt_(attempt) {}

  [[nodiscard]] bool cancelled() const override { return attempt_.is_cancelled(); }
  [[nodiscard]] const std::string& temporary_folder() override;
  [[nodiscard]] JobCommandEnd run(const JobCommand& command) override;
  [[nodiscard]] Secret secret(std::string_view name) override;

  [[nodiscard]] RunningAttempt& attempt() const { return attempt_; }

 protected:
  void write(std::string_view line) override { attempt_.log()->line(line); }

 private:
  RunningAttempt& attempt_;
  std::string folder_;
};

/// For plug-ins: the store of trees behind a job. Requires: `job` is one that an engine made.
[[nodiscard]] Trees& trees_of(Job& job);
/// The state folder, for feeds and caches that live beside the store.
[[nodiscard]] const std::string& state_folder_of(Job& job);

}  // namespace oche::detail
