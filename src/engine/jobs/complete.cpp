// complete.cpp - what follows when an attempt has ended.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/backoff.hpp"
#include "engine/jobs/job_table.hpp"

#include <utility>

namespace oche::detail {

namespace {

/// The others may be the machine's fault: they stand only until the next start (semantics §3.4).
bool is_kept(const AttemptEnd& end) {
  return !end.failure || end.failure->kind == FailureClass::failed;
}

}  // namespace

void JobTable::ended(const Digest& key, const std::shared_ptr<RunningAttempt>& attempt,
                     AttemptEnd end) {
  Job& job = *jobs_.at(key);  // a running job is never forgotten
  free_slot(job);
  job.attempt.reset();
  if (job.timer) timers_.cancel(*std::exchange(job.timer, std::nullopt));
  if (end.failure && end.failure->where.empty()) end.failure->where = job.work->where;
  // An attempt that the engine cancelled, since its result was not wanted, is nobody's failure.
  const bool is_silent = end.failure && end.failure->kind == FailureClass::cancelled &&
                         attempt->is_cancelled() && !job.stopped;
  job.finished = services_.clock->now();
  Event finished = event_of(job, Event::What::finished,
                            end.failure ? state_of_failure(end.failure->kind) : State::ok);
  finished.duration = end.duration;
  if (end.failure && !is_silent) finished.text = end.failure->what;
  const bool is_tried_again = !is_silent && is_retried(job, end);
  const bool is_result = is_kept(end) && !job.rebuilt && !is_tried_again;
  record(job, *attempt, end, is_result, std::move(finished));
  if (is_result) {
    job.stage = Stage::storing;
    job.storing = attempt->id();
    job.fresh = std::move(end);
    mark(job);
    return;
  }
  // If nobody wants it by the end of the round, it leaves the queue again.
  if (job.rebuilt || job.again || is_silent) return try_again(job);
  if (is_tried_again) return try_later(job);
  finish(job, {}, std::make_shared<const Failure>(std::move(*end.failure)));
}

bool JobTable::is_retried(const Job& job, const AttemptEnd& end) {
  const Retry& retry = job.work->retry();
  const bool may_be = !job.askers.empty() && !job.stopped && !job.rebuilt && !job.again;
  return end.failure && may_be && job.tries < retry.attempts && retry.on.has(end.failure->kind);
}

/// Waits, and then takes its turn in the queue.
void JobTable::try_later(Job& job) {
  const Duration wait = backoff(job.work->retry(), job.tries, job.work->key, services_.seed);
  job.stage = Stage::queued;
  job.turn = next_turn_++;
  ++waiting_retries_;
  job.timer = timers_.at(services_.clock->steady() + wait, [this, key = job.work->key] {
    Job& waiting = *jobs_.at(key);  // forgetting it would have ended the timer
    --waiting_retries_;
    waiting.timer.reset();
    waiting.since = services_.clock->steady();
    mark(waiting);
  });
  touch(job);
}

void JobTable::finish(Job& job, Value value, std::shared_ptr<const Failure> failure) {
  job.stage = Stage::done;
  job.value = std::move(value);
  job.failure = std::move(failure);
  touch(job);
}

/// Runs the job once more, whatever is stored: a newer value is wanted, or a person asked for it.
void JobTable::try_again(Job& job) {
  job.again = false;
  job.rebuilt = false;
  job.stopped = false;
  job.tries = 0;
  enqueue(job);
  touch(job);
}

void JobTable::report(const Job& job, Event::What what, State state, std::string text) {
  Event event = event_of(job, what, state);
  event.text = std::move(text);
  services_.events->add(std::move(event));
}

Event JobTable::event_of(const Job& job, Event::What what, State state) const {
  Event event;
  event.what = what;
  event.at = services_.clock->now();
  event.path = job.askers.empty() ? job.work->path : job.askers.front().work->path;
  event.state = state;
  event.log = job.log;
  return event;
}

}  // namespace oche::detail
