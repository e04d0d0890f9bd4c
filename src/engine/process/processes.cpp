// processes.cpp - runs any number of child processes from one thread.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/processes.hpp"

#include "engine/process/process_loop.hpp"

namespace oche::detail {

Processes::Processes(std::shared_ptr<Clock> clock, Fencing fencing)
    : loop_(std::make_unique<ProcessLoop>(std::move(clock), fencing)) {}

Processes::~Processes() = default;

ProcessId Processes::start(ProcessRequest request, OnExit on_exit, OnOutput on_output) {
  return loop_->start(std::move(request), std::move(on_exit), std::move(on_output));
}

void Processes::cancel(ProcessId id) { loop_->cancel(id); }

const IsolationOffer& Processes::isolation() { return loop_->isolation(); }

}  // namespace oche::detail
