// adjust.cpp - what may change while an engine runs, by people or by what it has learned.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/engine_core.hpp"

#include <chrono>
#include <cstdint>
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

/// How long steps take decides what goes first. What is known of it is worked out anew on another
/// thread, so that no round pays for it, and soon only where much is new: it costs as much as the
/// pipelines are large, and what jobs cost must not grow with them.
void EngineCore::learn_durations() {
  constexpr Duration soon = std::chrono::minutes(1);
  constexpr Duration late = std::chrono::hours(6);
  constexpr std::uint64_t much = 10;  // one in so many nodes
  const std::uint64_t news = jobs_.learned() - learned_;
  if (news == 0) return;
  std::uint64_t nodes = 0;
  for (const auto& one : evaluations_)
    nodes += one->graph().size();
  const Duration due = services_->clock->steady() + (news * much >= nodes ? soon : late);
  if (learn_timer_ && learn_due_ <= due) return;
  if (learn_timer_) timers_.cancel(*learn_timer_);
  learn_due_ = due;
  learn_timer_ = timers_.at(due, [this] {
    learn_timer_.reset();
    learned_ = jobs_.learned();
    for (const auto& one : evaluations_)
      look_out(services_->readers, one);
  });
}

void EngineCore::look_out(Workers& reading, const std::shared_ptr<EvaluationCore>& evaluation) {
  reading.submit("reading how long steps take",
                 [this, &services = *services_, kept = evaluation]() mutable {
                   auto outlook = EvaluationCore::look_out(kept->graph(), services);
                   services.inbox.post([this, evaluation = std::move(kept), outlook] {
                     evaluation->set_outlook(outlook);  // and ends here, if nobody else wants it
                     jobs_.rank_again();
                   });
                 });
}

}  // namespace oche::detail
