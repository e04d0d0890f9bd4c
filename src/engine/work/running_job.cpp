// running_job.cpp - the Job that a step's function is given.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/running_job.hpp"

#include "engine/jobs/promises.hpp"
#include <oche/base/error.hpp>

#include <future>
#include <utility>

namespace oche::detail {

namespace {
constexpr std::size_t kept_output = 64 * 1024;
}

const std::string& RunningJob::temporary_folder() {
  if (folder_.empty()) folder_ = attempt_.folder().string();
  return folder_;
}

JobCommandEnd RunningJob::run(const JobCommand& command) {
  ProcessRequest request{.argv = command.argv,
                         .environment = command.env,
                         .folder = command.folder.empty() ? temporary_folder() : command.folder,
                         .log = attempt_.log(),
                         .isolation = wished_isolation(attempt_.services().options.isolation),
                         .network = command.network,
                         .grace = attempt_.services().options.grace};
  struct Shared {
    std::promise<ProcessResult> ended;
    std::string output;
  };
  const auto shared = std::make_shared<Shared>();
  attempt_.launch(
      std::move(request),
      [shared](ProcessResult result) { shared->ended.set_value(std::move(result)); },
      [shared](std::string_view bytes) {
        shared->output += bytes;
        if (shared->output.size() > 2 * kept_output) {
          shared->output.erase(0, shared->output.size() - kept_output);
        }
      });
  const ProcessResult result = shared->ended.get_future().get();
  if (result.not_started) throw Error(*result.not_started);
  if (result.cancelled) {
    throw Error(Failure{.what = "cancelled", .kind = FailureClass::cancelled});
  }
  if (shared->output.size() > kept_output) {
    shared->output.erase(0, shared->output.size() - kept_output);
  }
  return {result.exit_code.value_or(128 + result.signal), std::move(shared->output)};
}

Secret RunningJob::secret(std::string_view name) {
  return SecretMaker::make(std::string(attempt_.secret(name)));
}

Trees& trees_of(Job& job) { return static_cast<RunningJob&>(job).attempt().services().trees; }

const std::string& state_folder_of(Job& job) {
  return static_cast<RunningJob&>(job).attempt().services().options.state;
}

}  // namespace oche::detail
