// admit.cpp - what may start, and in which order. Keeps E4.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"
#include <oche/engine/saved_plan.hpp>

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace oche::detail {

JobTable::JobTable(Services& services, Timers& timers)
    : services_(services),
      timers_(timers),
      promises_(services),
      pools_(services.options.pools),
      queue_(services.options.slots, pools_.sizes(), services.options.ageing),
      ask_from_(services.options.ask_from) {}

void JobTable::end_round() {
  for (Job* job : std::exchange(touched_, {})) {
    job->is_touched = false;
    decide(*job);
  }
  send_lookups();
  start_ready();
  // While every slot is taken, who ends next shares the commit; else somebody waits for this one.
  if (queue_.room().has_slot()) services_.store->hurry();
}

/// The round is over: does anybody still want this job, and under which terms?
void JobTable::decide(Job& job) {
  if (job.askers.empty()) {
    switch (job.stage) {
      case Stage::announcing:
      case Stage::storing:
        break;  // ends by itself
      case Stage::running:
        if (cancel_when_unwanted(job)) job.attempt->cancel();
        break;
      default:
        return forget(job);
    }
    if (!is_under_way(job)) job.waiting.clear();  // else who left last waits for its end
    return;
  }
  settle_latest(job);
  if (job.stage == Stage::queued || job.stage == Stage::approval) decide_place(job);
  if (job.stage == Stage::done) watch_expiry(job);  // somebody may want a fresher one
  keep_waiting(job);
}

void JobTable::decide_place(Job& job) {
  if (!decide_approval(job) || job.timer) return;
  const bool stays = job.queued && priority(job) == job.queued_priority &&
                     remaining(job) == job.queued->rank.remaining;
  if (may_start(job) ? stays : !job.queued) return;
  take_from_queue(job);
  if (may_start(job)) put_in_queue(job);  // else its turn comes when its inputs have settled
}

/// Who joins may ask for more care, who leaves may have asked for it, and a person may want to be
/// asked from another level on. False if it has to wait for that.
bool JobTable::decide_approval(Job& job) {
  if (!must_ask(job) || job.approved) {
    if (job.stage == Stage::approval) {
      enqueue(job);
      touch(job);
    }
    return true;
  }
  if (job.stage == Stage::approval) return false;
  dequeue(job);
  if (job.approval_is_known) {
    job.stage = Stage::approval;
    report(job, Event::What::waiting, State::awaiting_approval);
  } else {
    job.stage = Stage::looking_up;
    lookups_.push_back(job.work->key);
  }
  touch(job);
  return false;
}

/// Those who want it have not settled while it is under way.
void JobTable::keep_waiting(Job& job) {
  job.waiting.clear();
  if (!is_under_way(job)) return;
  for (const Asking& asking : job.askers)
    job.waiting.push_back(asking.id.host->wait());
}

bool JobTable::is_under_way(const Job& job) const {
  switch (job.stage) {
    case Stage::looking_up:
    case Stage::announcing:
    case Stage::running:
      return true;
    case Stage::storing:
      return job.store_failure == nullptr;  // a full disk may stay full
    case Stage::queued:
      return job.timer.has_value() || (!held_ && may_start(job));
    case Stage::approval:
    case Stage::done:
      return false;
  }
  return false;
}

void JobTable::hold() {
  if (std::exchange(held_, true)) return;
  queue_.each([this](Job* job) { mark(*job); });  // nobody waits for them any more
}

/// It takes its place when the round ends.
void JobTable::enqueue(Job& job) {
  job.stage = Stage::queued;
  job.turn = next_turn_++;
  job.since = services_.clock->steady();
  mark(job);
}

void JobTable::put_in_queue(Job& job) {
  job.queued_priority = priority(job);
  job.queued = queue_.push(&job, job.queued_priority, remaining(job), job.turn, job.since,
                           pools_.claim(job.work->pool(), job.work->needs()));
}

void JobTable::take_from_queue(Job& job) {
  if (job.queued) queue_.erase(*job.queued);
  job.queued.reset();
}

void JobTable::dequeue(Job& job) {
  take_from_queue(job);
  if (job.timer) {
    if (job.stage == Stage::queued) --waiting_retries_;
    timers_.cancel(*job.timer);
    job.timer.reset();
  }
}

void JobTable::free_slot(Job& job) {
  queue_.end(*job.slot);
  job.slot.reset();
}

void JobTable::start_ready() {
  while (!held_) {
    const auto next = queue_.next();
    if (!next) return;
    Job& job = *next->first;
    job.queued.reset();
    job.slot = next->second;
    if (auto refused = refusal_of(job)) {
      free_slot(job);
      finish(job, {}, std::move(refused));
      continue;
    }
    if (job.work->is_publishing() && !job.announced) {
      announce(job);
    } else {
      start(job);
    }
  }
}

/// A run that is held to a plan starts nothing else; one of those who want it has to be in it.
std::shared_ptr<const Failure> JobTable::refusal_of(const Job& job) const {
  if (services_.options.held_to == nullptr) return nullptr;
  const std::string key = job.work->key.hex();
  std::optional<std::string> why;
  for (const Asking& asking : job.askers) {
    std::optional<std::string> its = services_.options.held_to->refusal(asking.work->path, key);
    if (!its) return nullptr;
    if (!why) why = fmt::format("{} was not started: {}", asking.work->path, *its);
  }
  if (!why) return nullptr;
  return std::make_shared<const Failure>(
      Failure{.what = std::move(*why),
              .kind = FailureClass::errored,
              .hint = "look at `plan`, and keep a new one with `plan --out`",
              .where = job.work->where});
}

/// Before a publishing job may touch the world, "current: unknown" is on disk for its name (D8).
void JobTable::announce(Job& job) {
  job.stage = Stage::announcing;
  ++pending_;
  const Digest key = job.work->key;
  Published unknown{.name = key.hex(),
                    .known = false,
                    .digest = job.work->latest,
                    .when = services_.clock->now()};
  // A write that has to wait is reported twice; once it has waited, the job has been given up.
  const auto was_told = std::make_shared<bool>(false);
  services_.store->submit({std::move(unknown)}, [this, key, was_told, &inbox = services_.inbox](
                                                    const CommitReport& done) {
    inbox.post([this, key, was_told, done] {
      if (!std::exchange(*was_told, true)) announced(key, done);
    });
  });
  touch(job);
}

/// It starts when the round has ended, if it is wanted by then.
void JobTable::announced(const Digest& key, const CommitReport& report_of) {
  --pending_;
  Job& job = *jobs_.at(key);  // an announcing job is never forgotten
  free_slot(job);
  if (report_of.state != CommitReport::State::stored) {
    Failure failure = report_of.failure;
    failure.where = job.work->where;
    return finish(job, {}, std::make_shared<const Failure>(std::move(failure)));
  }
  job.announced = true;
  job.stage = Stage::queued;  // with the turn that it had
  if (job.stopped) return stop(job);
  touch(job);
}

}  // namespace oche::detail
