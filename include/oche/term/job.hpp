// job.hpp - what a running step may use.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/secret.hpp>

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche {

/// A program for a step to run, as `Job::run` takes it; all fields have defaults.
struct JobCommand {
  std::vector<std::string> argv = {};  ///< never a shell string
  std::string folder = {};             ///< to work in; default: the job's temporary folder
  std::vector<std::pair<std::string, std::string>> env = {};
  bool network = false;
};

/// What came of `Job::run`.
struct JobCommandEnd {
  int exit_status = 0;
  std::string output;  ///< the last 64 kB of what it wrote; all of it is in the job's log
};

/// The running attempt, as its function sees it. Implemented by the engine.
///
/// Threads: used by the thread that runs the function, and by none other.
class Job {
 public:
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  /// Adds a line to the job's log.
  template <class... A>
  void log(fmt::format_string<A...> text, A&&... arguments) {
    write(fmt::vformat(text, fmt::make_format_args(arguments...)));
  }
  /// True once nobody wants the result any more; a long function should look now and then.
  [[nodiscard]] virtual bool cancelled() const = 0;
  /// A folder of the job's own, removed afterwards.
  [[nodiscard]] virtual const std::string& temporary_folder() = 0;
  /// Runs a program under the engine's isolation and waits; its output goes to the job's log.
  /// Fails: throws oche::Error (errored) where it cannot be run; an exit status is no error.
  [[nodiscard]] virtual JobCommandEnd run(const JobCommand& command) = 0;
  /// A secret that the step's options name. Fails: throws oche::Error for any other.
  [[nodiscard]] virtual Secret secret(std::string_view name) = 0;

 protected:
  Job() = default;
  virtual ~Job() = default;
  virtual void write(std::string_view line) = 0;
};

}  // namespace oche
