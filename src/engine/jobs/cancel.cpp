// cancel.cpp - stopping, repeating and approving, as people ask for it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <algorithm>
#include <utility>

namespace oche::detail {

namespace {

Failure nothing_there(std::string what, std::string hint) {
  return {.what = std::move(what), .kind = FailureClass::errored, .hint = std::move(hint)};
}

}  // namespace

std::vector<std::string> JobTable::paths(const Job& job) const {
  std::vector<std::string> all;
  for (const Asking& asking : job.askers)
    all.push_back(asking.id.host->path_of(asking.id.cell));
  std::sort(all.begin(), all.end());
  return all;
}

/// Asks an attempt to end, or takes a job out of the queue.
void JobTable::stop(Job& job) {
  job.stopped = true;
  if (job.attempt) return job.attempt->cancel();
  if (job.stage == Stage::announcing) return;  // it goes no further
  dequeue(job);
  finish(job, {},
         std::make_shared<const Failure>(Failure{.what = "cancelled before it started",
                                                 .kind = FailureClass::cancelled,
                                                 .hint = "run it again with `rebuild`",
                                                 .where = job.work->where}));
}

/// Nobody wants it and nothing runs: the store remembers what is worth remembering.
void JobTable::forget(Job& job) {
  job.waiting.clear();
  // An unkept failure stands for its key until a rebuild or a restart (semantics §3.4).
  const bool is_kept = !job.failure || job.failure->kind == FailureClass::failed;
  if (job.stage == Stage::done && !is_kept) return;
  dequeue(job);
  if (job.is_touched) std::erase(touched_, &job);
  jobs_.erase(job.work->key);
}

Result<std::vector<std::string>> JobTable::cancel(AskerId asker) {
  Job* job = find(asker);
  if (job == nullptr || job->stage == Stage::done || job->stage == Stage::storing) {
    return nothing_there("nothing to cancel: it neither runs nor waits", "`jobs` lists what does");
  }
  const auto named = paths(*job);
  stop(*job);
  return named;
}

Result<std::vector<std::string>> JobTable::rebuild(AskerId asker) {
  Job* job = find(asker);
  if (job == nullptr) {
    return nothing_there("nothing to rebuild: nobody wants it now, or its inputs are not ready",
                         "`plan` says what it waits for");
  }
  if (job->stage == Stage::approval) {
    return nothing_there("nothing to rebuild: it waits for a person", "`approve` lets it start");
  }
  const auto named = paths(*job);
  // A new build number, and the old result is no result any more (semantics §3.9).
  rebuilt_[job->work->key] = ++job->build;
  services_.store->submit({DropResult{job->work->key}, SetBuildNumber{job->work->key, job->build}});
  job->stopped = false;
  job->value = {};
  job->failure.reset();
  switch (job->stage) {
    case Stage::running:
      job->rebuilt = true;
      job->attempt->cancel();
      break;
    case Stage::storing:
      job->rebuilt = true;
      break;
    case Stage::announcing:
      break;  // it is about to start
    default:
      dequeue(*job);
      job->tries = 0;
      if (job->work->command != nullptr && !job->work->resolved.argv.empty()) {
        look_again(*job);
      } else {
        enqueue(*job);
      }
  }
  touch(*job);
  return named;
}

/// Somebody may have installed or changed the program since: then the job has another key.
void JobTable::look_again(Job& job) {
  job.stage = Stage::looking_up;
  promises_.renew(job.work->resolved, job.work->command->spec.network != Network::none,
                  [this, key = job.work->key](bool is_changed) {
                    const auto place = jobs_.find(key);
                    if (place == jobs_.end()) return;
                    Job& seen = *place->second;
                    if (!is_changed && seen.stage == Stage::looking_up) enqueue(seen);
                    touch(seen);
                  });
}

bool JobTable::is_awaiting_approval(AskerId asker) const {
  const Job* job = find(asker);
  return job != nullptr && job->stage == Stage::approval;
}

Result<std::vector<std::string>> JobTable::approve(AskerId asker, const std::string& who) {
  Job* job = find(asker);
  if (job == nullptr || job->stage != Stage::approval) {
    return nothing_there("nothing to approve: it does not wait for a person",
                         "`jobs` lists what does");
  }
  const auto named = paths(*job);
  // For each path that shares the key: the next start may meet another one of them first.
  Changes words;
  for (const std::string& path : named) {
    words.push_back(Approval{path, job->work->asked(), who, services_.clock->now()});
  }
  services_.store->submit(std::move(words));
  job->approved = true;
  enqueue(*job);
  touch(*job);
  return named;
}

std::vector<AskerId> JobTable::failed_askers() const {
  std::vector<AskerId> all;
  for (const auto& [key, job] : jobs_) {
    const bool has_failed = job->stage == Stage::done && job->failure && !job->askers.empty();
    if (has_failed) all.push_back(job->askers.front().id);
  }
  return all;
}

std::shared_ptr<const Work> JobTable::work_of(AskerId asker) const {
  const Job* job = find(asker);
  return job == nullptr ? nullptr : job->work;
}

std::string JobTable::log_of(AskerId asker) const {
  const Job* job = find(asker);
  return job == nullptr ? std::string() : job->log;
}

bool JobTable::is_reused(AskerId asker) const {
  const Job* job = find(asker);
  return job != nullptr && job->reused;
}

bool JobTable::was_retried(AskerId asker) const {
  const Job* job = find(asker);
  return job != nullptr && job->stage == Stage::done && !job->failure && job->tries > 1;
}

bool JobTable::is_idle() const {
  if (queue_.room().running() > 0 || pending_ > 0 || waiting_retries_ > 0 || !promises_.is_idle())
    return false;
  if (!lookups_.empty() || !touched_.empty()) return false;
  return held_ || queue_.empty();
}

void JobTable::cancel_all() {
  for (const auto& [key, job] : jobs_) {
    if (job->attempt) job->attempt->cancel();
  }
}

std::vector<std::string> JobTable::running() const {
  std::vector<std::string> all;
  for (const auto& [key, job] : jobs_) {
    if (job->attempt) all.push_back(job->work->path);
  }
  return all;
}

}  // namespace oche::detail
