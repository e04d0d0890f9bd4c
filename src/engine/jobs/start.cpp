// start.cpp - an attempt begins.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <utility>

namespace oche::detail {

void JobTable::start(Job& job) {
  job.stage = Stage::running;
  job.again = false;
  job.rebuilt = false;
  job.announced = false;
  job.reused = false;
  job.setting = job.work->latest;
  ++job.tries;
  const auto attempt =
      std::make_shared<RunningAttempt>(services_, job.work, services_.store->next_attempt());
  job.attempt = attempt;
  job.log = attempt->log_path().string();
  services_.store->submit_soon(
      {Attempt{.id = attempt->id(),
               .key = job.work->key,
               .path = job.work->path,
               .step = job.work->name(),
               .started = attempt->started(),
               .log = attempt->log_path().lexically_relative(services_.folder()).string(),
               .isolation = job.work->promise.isolation,
               .build = job.build}});
  if (job.work->is_counted()) job.askers.front().id.host->count_run();
  report(job, Event::What::started, State::running);
  watch_time(job);
  attempt->start([this, key = job.work->key, &inbox = services_.inbox](
                     const std::shared_ptr<RunningAttempt>& ended_attempt, AttemptEnd end) {
    inbox.post(
        [this, key, ended_attempt, end = std::move(end)] { ended(key, ended_attempt, end); });
  });
  touch(job);
}

/// A command's own timeout is kept by its process; a function can only be asked to stop.
void JobTable::watch_time(Job& job) {
  const Duration limit = timeout(job);
  if (limit <= Duration{}) return;
  if (job.work->command != nullptr && job.work->timeout() == limit) return;
  job.timer = timers_.at(services_.clock->steady() + limit, [this, key = job.work->key] {
    Job& late = *jobs_.at(key);  // a running job is never forgotten, and its end ends the timer
    late.timer.reset();
    late.attempt->time_out();
  });
}

}  // namespace oche::detail
