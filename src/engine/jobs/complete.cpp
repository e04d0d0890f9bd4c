// complete.cpp - an attempt has ended. Keeps D8: finished means stored.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <oche/base/record.hpp>

#include <fmt/format.h>

#include <utility>

namespace oche::detail {

namespace {

AttemptState state_of(const AttemptEnd& end) {
  if (!end.failure) return AttemptState::ok;
  switch (end.failure->kind) {
    case FailureClass::failed: return AttemptState::failed;
    case FailureClass::errored: return AttemptState::errored;
    case FailureClass::timed_out: return AttemptState::timed_out;
    case FailureClass::cancelled: return AttemptState::cancelled;
  }
  return AttemptState::errored;
}

State shown(AttemptState state) {
  switch (state) {
    case AttemptState::ok: return State::ok;
    case AttemptState::failed: return State::failed;
    case AttemptState::timed_out: return State::timed_out;
    case AttemptState::cancelled: return State::cancelled;
    default: return State::errored;
  }
}

/// The other stored failures may be the machine's fault: they stand only until the next start.
bool is_kept(const AttemptEnd& end) {
  return !end.failure || end.failure->kind == FailureClass::failed;
}

}  // namespace

void JobTable::ended(const Digest& key, const std::shared_ptr<RunningAttempt>& attempt,
                     AttemptEnd end) {
  --running_;
  const auto place = jobs_.find(key);
  if (place == jobs_.end()) return;
  Job& job = *place->second;
  job.attempt.reset();
  if (job.timer) {
    timers_.cancel(*job.timer);
    job.timer.reset();
  }
  if (end.failure && end.failure->where.empty()) end.failure->where = job.work->where;
  const AttemptState state = state_of(end);
  // A superseded or unwanted attempt that was cancelled is nobody's failure (semantics §3.7).
  const bool is_silent = state == AttemptState::cancelled && !job.stopped;
  report(job, Event::What::finished, shown(state), end.duration,
         end.failure && !is_silent ? end.failure->what : std::string());
  store(job, *attempt, end);
  if (is_kept(end)) {
    job.stage = Stage::storing;
    job.value = std::move(end.value);
    job.failure = end.failure ? std::make_shared<const Failure>(*end.failure) : nullptr;
    touched_.insert(&job);
    return;
  }
  if (job.again || (is_silent && is_wanted(job))) return try_again(job);
  const Retry& retry = job.work->retry();
  if (!job.stopped && job.tries < retry.attempts && retry.on.has(end.failure->kind)) {
    const Duration wait = retry.backoff * (1LL << std::min(job.tries - 1, 20));
    enqueue(job);
    queue_.erase({-job.work->priority(), job.turn});  // not before the wait is over
    ++waiting_retries_;
    job.timer = timers_.at(services_.clock->steady() + wait, [this, key] {
      --waiting_retries_;
      const auto again = jobs_.find(key);
      if (again == jobs_.end()) return;
      again->second->timer.reset();
      queue_.emplace(std::pair{-again->second->work->priority(), again->second->turn},
                     again->second.get());
    });
    return touch(job);
  }
  finish(job, {}, std::make_shared<const Failure>(*end.failure));
}

void JobTable::store(Job& job, const RunningAttempt& attempt, const AttemptEnd& end) {
  const Work& work = attempt.work();
  const Time now = services_.clock->now();
  const AttemptState state = state_of(end);
  const std::string text = end.failure ? end.failure->what : std::string();
  Changes changes;
  changes.push_back(Attempt{.id = attempt.id(),
                            .key = work.key,
                            .path = work.path,
                            .step = work.name(),
                            .state = state,
                            .started = attempt.started(),
                            .finished = now,
                            .duration = end.duration,
                            .log = attempt.log_path().lexically_relative(services_.folder()).string(),
                            .isolation = end.isolation,
                            .exit_status = end.exit_status,
                            .build = job.build,
                            .text = text});
  changes.push_back(HistoryEntry{.path = work.path,
                                 .when = now,
                                 .key = work.key,
                                 .attempt = attempt.id(),
                                 .state = state,
                                 .duration = end.duration,
                                 .text = text});
  if (!is_kept(end)) return services_.store->submit(std::move(changes));

  StoredResult result{.key = work.key,
                      .step = work.name(),
                      .version = std::to_string(work.version()),
                      .ok = !end.failure,
                      .finished = now,
                      .attempt = attempt.id(),
                      .build = job.build};
  if (end.failure) {
    result.failure = to_json(*end.failure);
  } else {
    result.value = encode_value(end.value);
    result.value_digest = end.value.digest();
    result.trees = trees_in(end.value);
    changes.push_back(AddDuration{work.path, work.name(), end.duration});
    if (work.is_publishing()) {
      changes.push_back(Published{.name = work.key.hex(),
                                  .known = true,
                                  .value = result.value,
                                  .digest = work.latest,
                                  .when = now});
    }
  }
  if (const auto valid_for = work.valid_for()) result.expires = now + *valid_for;
  changes.push_back(std::move(result));
  ++pending_;
  services_.store->submit(std::move(changes),
                          [this, key = work.key, &inbox = services_.inbox](const CommitReport& done) {
                            inbox.post([this, key, done] { stored(key, done); });
                          });
}

void JobTable::stored(const Digest& key, const CommitReport& report_of) {
  using Committed = CommitReport::State;
  const auto place = jobs_.find(key);
  Job* job = place == jobs_.end() ? nullptr : place->second.get();
  if (report_of.state == Committed::waiting) return cannot_store(job, report_of.failure);
  if (job == nullptr) {
    --pending_;
    return;
  }
  if (job->is_unstored) {
    job->is_unstored = false;  // the disk has room again: now it has happened
  } else {
    --pending_;
  }
  if (job->stage != Stage::storing) return;
  if (job->again) return try_again(*job);
  if (report_of.state == Committed::refused) {
    return finish(*job, {}, std::make_shared<const Failure>(report_of.failure));
  }
  finish(*job, std::move(job->value), std::move(job->failure));
  if (const auto valid_for = job->work->valid_for()) {
    refresh_at(*job, services_.clock->now() + *valid_for);
  }
}

/// Nothing is lost: the write is kept and tried again. Until it succeeds the job is errored for
/// whoever looks, so that a program that waits for the end is not kept waiting for a free disk.
void JobTable::cannot_store(Job* job, const Failure& failure) {
  constexpr auto pause = std::chrono::seconds(2);
  timers_.at(services_.clock->steady() + pause, [this] { services_.store->retry(); });
  if (job == nullptr || job->is_unstored) return;
  --pending_;
  job->is_unstored = true;
  report(*job, Event::What::warning, State::errored, {}, failure.what);
  job->store_failure = std::make_shared<const Failure>(failure);
  touch(*job);
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
  job.stopped = false;
  job.tries = 0;
  job.value = {};
  job.failure.reset();
  enqueue(job);
  touch(job);
}

void JobTable::report(const Job& job, Event::What what, State state,
                      std::chrono::nanoseconds duration, std::string text) {
  Event event;
  event.what = what;
  event.at = services_.clock->now();
  event.path = job.askers.empty() ? job.work->path : job.askers.front().work->path;
  event.state = state;
  event.duration = duration;
  event.text = std::move(text);
  event.log = job.log;
  services_.events->add(std::move(event));
}

}  // namespace oche::detail
