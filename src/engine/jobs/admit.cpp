// admit.cpp - what may start, and in which order. Keeps E4.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <utility>

namespace oche::detail {

void JobTable::end_round() {
  send_lookups();
  for (Job* job : std::exchange(touched_, {})) decide(*job);
  start_ready();
}

/// The round is over: does anybody still want this job?
void JobTable::decide(Job& job) {
  if (!job.askers.empty()) {
    if (job.attempt && !is_wanted(job)) return;  // undecided: what runs goes on
    return;
  }
  switch (job.stage) {
    case Stage::announcing:
    case Stage::storing: return;  // ends by itself
    case Stage::running:
      if (job.work->cancel_when_unwanted()) job.attempt->cancel();
      return;
    default: forget(job);
  }
}

void JobTable::enqueue(Job& job) {
  job.stage = Stage::queued;
  job.turn = next_turn_++;
  queue_.emplace(std::pair{-job.work->priority(), job.turn}, &job);
}

void JobTable::dequeue(Job& job) {
  if (job.stage == Stage::queued) queue_.erase({-job.work->priority(), job.turn});
  if (job.timer) {
    if (job.stage == Stage::queued) --waiting_retries_;
    timers_.cancel(*job.timer);
    job.timer.reset();
  }
}

void JobTable::start_ready() {
  for (auto next = queue_.begin(); next != queue_.end();) {
    if (held_ || running_ >= services_.options.slots) return;
    Job& job = *next->second;
    ++next;
    if (!is_wanted(job)) continue;  // undecided: its turn comes when its inputs have settled
    dequeue(job);
    ++running_;
    if (job.work->is_publishing()) {
      announce(job);
    } else {
      start(job);
    }
  }
}

/// Before a publishing job may touch the world, "current: unknown" is on disk for its name (D8).
void JobTable::announce(Job& job) {
  job.stage = Stage::announcing;
  ++pending_;
  const Digest key = job.work->key;
  Published unknown{.name = key.hex(), .known = false, .digest = job.work->latest,
                    .when = services_.clock->now()};
  services_.store->submit({unknown}, [this, key, &inbox = services_.inbox](const CommitReport& done) {
    inbox.post([this, key, done] {
      const auto place = jobs_.find(key);
      // Already given up, since the disk was full: whatever is reported later changes nothing.
      if (place == jobs_.end() || place->second->stage != Stage::announcing) return;
      --pending_;
      Job& announced = *place->second;
      if (done.state == CommitReport::State::stored && !announced.askers.empty()) {
        return start(announced);
      }
      --running_;
      finish(announced, {}, std::make_shared<const Failure>(done.failure));
    });
  });
  touch(job);
}

void JobTable::start(Job& job) {
  job.stage = Stage::running;
  job.again = false;
  ++job.tries;
  job.reused = false;
  auto attempt = std::make_shared<RunningAttempt>(services_, job.work, services_.store->next_attempt());
  job.attempt = attempt;
  job.log = attempt->log_path().string();
  RunningAttempt& started = *attempt;
  services_.store->submit({Attempt{.id = started.id(),
                                         .key = job.work->key,
                                         .path = job.work->path,
                                         .step = job.work->name(),
                                         .started = started.started(),
                                         .log = started.log_path().lexically_relative(
                                             services_.folder()).string(),
                                         .isolation = job.work->promise.isolation,
                                         .build = job.build}});
  if (job.work->is_counted()) job.askers.front().id.host->count_run();
  report(job, Event::What::started, State::running);
  if (const Duration timeout = job.work->timeout(); timeout > Duration{} && job.work->step) {
    // A command's own timeout is kept by its process; a function can only be asked to stop.
    job.timer = timers_.at(services_.clock->steady() + timeout, [this, key = job.work->key] {
      const auto place = jobs_.find(key);
      if (place != jobs_.end() && place->second->attempt) place->second->attempt->time_out();
    });
  }
  attempt->start([this, key = job.work->key, &inbox = services_.inbox](
                     const std::shared_ptr<RunningAttempt>& ended_attempt, AttemptEnd end) {
    inbox.post([this, key, ended_attempt, end = std::move(end)] {
      ended(key, ended_attempt, end);
    });
  });
  touch(job);
}

}  // namespace oche::detail
