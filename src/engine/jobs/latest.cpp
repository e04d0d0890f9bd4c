// latest.cpp - publishing: which value a name is set to, when several are or were wanted.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <utility>

namespace oche::detail {

/// The value set last is the one that counts; two at once are a conflict (semantics §3.7).
///
/// Called when a round has ended only: within one, a name may have two values for a moment.
void JobTable::settle_latest(Job& job) {
  if (!job.work->is_publishing()) return;
  const Asking* newest = nullptr;
  bool conflict = false;
  for (const Asking& asking : job.askers) {
    if (asking.undecided) continue;
    if (newest != nullptr && newest->work->latest != asking.work->latest) conflict = true;
    if (newest == nullptr || asking.turn > newest->turn) newest = &asking;
  }
  if (newest == nullptr) return;
  const bool changed = job.work->latest != newest->work->latest;
  if (!changed && conflict == job.conflict) return;
  job.conflict = conflict;
  if (changed) {
    job.work = newest->work;
    if (!job.work->keeps_old()) {
      job.value = {};
      job.failure.reset();
    }
    switch (job.stage) {
      case Stage::announcing:
        break;  // it is the newest value that will start
      case Stage::running:
        // Back to the value that is being set: it goes on, unless it was cancelled meanwhile.
        job.again = job.setting != job.work->latest || job.attempt->is_cancelled();
        if (job.again && cancel_when_unwanted(job)) job.attempt->cancel();
        break;
      case Stage::storing:
        job.again = job.setting != job.work->latest;
        break;
      case Stage::looking_up:
      case Stage::approval:
      case Stage::queued:
      case Stage::done:
        dequeue(job);
        job.stage = Stage::looking_up;
        job.stopped = false;
        job.tries = 0;
        lookups_.push_back(job.work->key);
    }
  }
  touch(job);
}

std::shared_ptr<const Failure> JobTable::conflict_of(const Job& job, const Asking& asking) {
  Failure failure{.what = "the name is set to two different values at once",
                  .kind = FailureClass::errored,
                  .hint = "publish it from one place, or under two names",
                  .where = asking.work->where};
  for (const Asking& one : job.askers)
    failure.facts.push_back({one.work->path, one.work->where});
  return std::make_shared<const Failure>(std::move(failure));
}

}  // namespace oche::detail
