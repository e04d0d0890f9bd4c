// processes.cpp - runs any number of child processes from one thread.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/processes.hpp"

#include "engine/process/process_loop.hpp"

namespace oche::detail {

Processes::Processes(std::shared_ptr<Clock> clock, Fencing fencing)
    : clock_(std::move(clock)), fencing_(fencing) {}

Processes::~Processes() = default;

ProcessLoop& Processes::loop() {
  std::call_once(made_, [this] { loop_ = std::make_unique<ProcessLoop>(clock_, fencing_); });
  return *loop_;
}

ProcessId Processes::start(ProcessRequest request, OnExit on_exit, OnOutput on_output) {
  return loop().start(std::move(request), std::move(on_exit), std::move(on_output));
}

void Processes::cancel(ProcessId id) { loop().cancel(id); }

const IsolationOffer& Processes::isolation() { return loop().isolation(); }

}  // namespace oche::detail
