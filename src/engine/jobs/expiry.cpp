// expiry.cpp - results that hold for a time only (semantics §3.5).
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <algorithm>
#include <utility>

namespace oche::detail {

/// When the outcome that is there expires: the earliest among those who use it.
std::optional<Time> JobTable::expiry(const Job& job) {
  const std::optional<Duration> limit = valid_for(job);
  if (!limit) return job.expires;
  const Time end = job.finished + *limit;
  return job.expires ? std::min(end, *job.expires) : end;
}

/// Looks again when the outcome has expired, now or later. Call between rounds only.
void JobTable::watch_expiry(Job& job) {
  const std::optional<Time> end = expiry(job);
  // What is not stored stands until a rebuild or a restart (semantics §3.4).
  const bool is_stored = !job.failure || job.failure->kind == FailureClass::failed;
  if (!end || !is_stored) return;
  if (job.timer) timers_.cancel(*std::exchange(job.timer, std::nullopt));
  const auto wait = *end - services_.clock->now();
  if (wait <= std::chrono::nanoseconds(0)) return expire(job);
  job.timer = timers_.at(services_.clock->steady() + wait, [this, key = job.work->key] {
    const auto place = jobs_.find(key);
    if (place == jobs_.end() || place->second->stage != Stage::done) return;
    place->second->timer.reset();
    expire(*place->second);
  });
}

void JobTable::expire(Job& job) {
  if (!job.work->keeps_old()) job.failure.reset();
  job.tries = 0;
  job.stage = Stage::looking_up;
  lookups_.push_back(job.work->key);
  touch(job);
}

}  // namespace oche::detail
