// adjust.cpp - what may change while an engine runs, by people or by what it has learned.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/engine_core.hpp"

#include <utility>

namespace oche::detail {

void EngineCore::resize_slots(unsigned slots) {
  const std::lock_guard lock(*turn_);
  services_->workers.resize(slots + spare_workers);
  jobs_.resize_slots(slots);
  services_->inbox.nudge();
}

void EngineCore::resize_pool(std::string_view name, const Needs& has) {
  const std::lock_guard lock(*turn_);
  jobs_.resize_pool(std::string(name), has);
  services_->inbox.nudge();
}

void EngineCore::ask_from(std::optional<Level> level, Duration lasting) {
  const std::lock_guard lock(*turn_);
  jobs_.ask_from(level, lasting);
  services_->inbox.nudge();
}

/// How long steps take decides what goes first. What is known of it is worked out anew some time
/// after more has become known, on another thread: no round pays for it.
void EngineCore::learn_durations() {
  constexpr auto pause = std::chrono::minutes(1);
  if (learn_timer_ || learned_ == jobs_.learned()) return;
  learn_timer_ = timers_.at(services_->clock->steady() + pause, [this] {
    learn_timer_.reset();
    learned_ = jobs_.learned();
    for (const auto& one : evaluations_) {
      services_->readers.submit(
          "reading how long steps take", [&services = *services_, evaluation = one]() mutable {
            auto outlook = EvaluationCore::look_out(evaluation->graph(), services);
            services.inbox.post([evaluation = std::move(evaluation), outlook] {
              evaluation->set_outlook(outlook);  // and ends here, if nobody else wants it
            });
          });
    }
  });
}

}  // namespace oche::detail
