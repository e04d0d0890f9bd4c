// record.cpp - what an attempt came to is written down. Keeps D8: finished means stored.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/record.hpp>

#include "engine/jobs/job_table.hpp"

#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace oche::detail {

namespace {

AttemptState state_of(const AttemptEnd& end) {
  if (!end.failure) return AttemptState::ok;
  switch (end.failure->kind) {
    case FailureClass::failed:
      return AttemptState::failed;
    case FailureClass::errored:
      return AttemptState::errored;
    case FailureClass::timed_out:
      return AttemptState::timed_out;
    case FailureClass::cancelled:
      return AttemptState::cancelled;
  }
  return AttemptState::errored;
}

Attempt attempt_of(const RunningAttempt& attempt, const AttemptEnd& end, Time now) {
  const Work& work = attempt.work();
  return {.id = attempt.id(),
          .key = work.key,
          .path = work.path,
          .step = work.name(),
          .state = state_of(end),
          .started = attempt.started(),
          .finished = now,
          .duration = end.duration,
          .log = attempt.log_name(),
          .isolation = end.isolation,
          .exit_status = end.exit_status,
          .text = end.failure ? end.failure->what : std::string()};
}

/// The result itself, and what follows from it for durations and published names.
/// `held` is how long it had its slot: its own time, and that of clearing up behind it.
void add_result(const RunningAttempt& attempt, const AttemptEnd& end, std::int64_t build, Time now,
                Duration held, std::optional<Duration> valid_for, Changes& changes) {
  const Work& work = attempt.work();
  StoredResult result{.key = work.key,
                      .step = work.name(),
                      .version = std::to_string(work.version()),
                      .ok = !end.failure,
                      .finished = now,
                      .attempt = attempt.id(),
                      .build = build,
                      .used = now};
  if (end.failure) {
    result.failure = to_json(*end.failure);
  } else {
    result.value = encode_value(end.value);
    result.value_digest = end.value.digest();
    result.trees = trees_in(end.value);
    changes.push_back(AddDuration{work.path, work.name(), held});
    if (work.is_publishing()) {
      changes.push_back(Published{.name = work.key.hex(),
                                  .known = true,
                                  .value = result.value,
                                  .digest = work.latest,
                                  .when = now});
    }
  }
  if (valid_for) result.expires = now + *valid_for;
  changes.push_back(std::move(result));
}

}  // namespace

/// The event comes when the record is stored, so that whoever hears of it finds it.
void JobTable::record(const Job& job, const RunningAttempt& attempt, const AttemptEnd& end,
                      bool is_result, Event finished) {
  const Time now = job.finished;
  Attempt ended = attempt_of(attempt, end, now);
  ended.build = job.build;
  Changes changes;
  HistoryEntry entry{.path = ended.path,
                     .when = now,
                     .key = ended.key,
                     .attempt = ended.id,
                     .state = ended.state,
                     .duration = ended.duration,
                     .text = ended.text};
  changes.push_back(entry);
  std::set<std::string> others;
  for (const Asking& asking : job.askers) {
    if (asking.work->path != ended.path) others.insert(asking.work->path);
  }
  for (const std::string& path : others) {
    entry.path = path;
    changes.push_back(entry);
  }
  changes.push_back(std::move(ended));
  if (is_result && !end.failure) ++learned_;
  const Duration held = services_.clock->steady() - attempt.steady_start();
  if (is_result) add_result(attempt, end, job.build, now, held, valid_for(job), changes);
  ++pending_;
  // What waits for room on the disk is reported again once it is stored: only then it is told.
  const auto first = std::make_shared<bool>(true);
  const auto untold = std::make_shared<std::optional<Event>>(std::move(finished));
  // Whoever waits for the end of the job hears of this first.
  const auto waiting = std::make_shared<std::vector<UnderWay>>(job.waiting);
  services_.store->submit_soon(
      std::move(changes), [this, key = job.work->key, id = attempt.id(), is_result, untold, first,
                           waiting, &services = services_](const CommitReport& done) {
        const bool is_first = std::exchange(*first, false);
        const bool is_over = done.state != CommitReport::State::waiting;
        if (is_over && untold->has_value()) {
          Event told = *std::exchange(*untold, std::nullopt);
          if (done.state == CommitReport::State::refused) {
            told.state = State::errored;
            told.text = done.failure.what;
          }
          services.events->add(std::move(told));
        }
        services.inbox.post([this, key, id, is_result, is_first, waiting, done] {
          waiting->clear();  // here: copies of `waiting` go on other threads
          if (is_result) return stored(key, id, done);
          if (is_first) --pending_;
        });
      });
}

void JobTable::stored(const Digest& key, std::int64_t attempt, const CommitReport& report_of) {
  const auto place = jobs_.find(key);
  Job* job = place == jobs_.end() ? nullptr : place->second.get();
  if (job != nullptr && (job->stage != Stage::storing || job->storing != attempt)) job = nullptr;
  if (report_of.state == CommitReport::State::waiting) {
    return cannot_store(job, attempt, report_of.failure);
  }
  if (unstored_.erase(attempt) == 0) --pending_;
  if (job == nullptr) return;
  job->store_failure.reset();
  const AttemptEnd fresh = std::exchange(job->fresh, {});
  if (report_of.state == CommitReport::State::refused) {
    Failure failure = report_of.failure;
    failure.where = job->work->where;
    return finish(*job, {}, std::make_shared<const Failure>(std::move(failure)));
  }
  if (job->again || job->rebuilt) return try_again(*job);
  rebuilt_.erase(key);
  finish(*job, fresh.value,
         fresh.failure ? std::make_shared<const Failure>(*fresh.failure) : nullptr);
  job->expires.reset();
  watch_expiry(*job);
}

/// Nothing is lost: the write is kept and tried again. Until it succeeds the job is errored for
/// whoever looks, so that a program that waits for the end is not kept waiting for a free disk.
void JobTable::cannot_store(Job* job, std::int64_t attempt, const Failure& failure) {
  if (!unstored_.insert(attempt).second) return;
  --pending_;
  if (job == nullptr) return;
  Failure shown = failure;
  shown.where = job->work->where;
  job->store_failure = std::make_shared<const Failure>(std::move(shown));
  report(*job, Event::What::warning, State::errored, failure.what);
  touch(*job);
}

}  // namespace oche::detail
