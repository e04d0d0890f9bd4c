// function_attempt.cpp - runs a step's function on this thread.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/running_attempt.hpp"
#include "engine/work/running_job.hpp"
#include <oche/base/error.hpp>

#include <utility>

namespace oche::detail {

void RunningAttempt::run_function() {
  AttemptEnd result;
  try {
    RunningJob job(*this);
    std::vector<const void*> arguments;
    for (const Value& argument : work_->arguments)
      arguments.push_back(argument.data());
    Failure failure;
    bool succeeded = false;
    Value value = Value::make_in_place(*work_->step->kind->result, [&](void* place) {
      succeeded = work_->step->kind->call(job, arguments.data(), place, failure);
      return succeeded;
    });
    if (succeeded) {
      result.value = std::move(value);
    } else {
      result.failure = std::move(failure);
    }
  } catch (const Error& error) {
    result.failure = error.failure();
  } catch (const std::exception& error) {
    result.failure = Failure{.what = error.what(), .kind = FailureClass::errored};
  } catch (...) {
    result.failure =
        Failure{.what = "threw something that is no std::exception", .kind = FailureClass::errored};
  }
  if (result.failure && is_cancelled()) result.failure->kind = FailureClass::cancelled;
  end(std::move(result));
}

}  // namespace oche::detail
