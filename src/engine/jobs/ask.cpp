// ask.cpp - who wants which key.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <algorithm>
#include <utility>

namespace oche::detail {

namespace {

bool has_program(const ResolvedCommand& command) { return !command.argv.empty(); }

}  // namespace

JobAnswer JobTable::ask(AskerId asker, const AnyTerm& term, std::span<const Value> arguments,
                        bool may_start) {
  const Node& node = *term.node();
  auto work = std::make_shared<Work>(Work{.term = term});
  work->arguments.assign(arguments.begin(), arguments.end());
  work->where = place(node.where);
  if (node.kind == Kind::step) {
    work->step = static_cast<const StepPayload*>(node.payload);
    work->parts = step_key(*work->step, arguments);
    if (has_latest(*work->step)) work->latest = latest_digest(*work->step, arguments);
  } else {
    work->command = static_cast<const CommandPayload*>(node.payload);
    work->resolved = resolve(work->command->spec, arguments);
    if (has_program(work->resolved)) {
      const bool network = work->command->spec.network != Network::none;
      const Promise* promise = promises_.find(work->resolved, network, [this, asker] {
        asker.host->touch(asker.cell);
      });
      if (promise == nullptr) {
        part(asker);
        return {};  // active: nobody knows its key yet
      }
      work->promise = *promise;
    }
    work->parts = command_key(work->command->spec, work->resolved, work->promise);
  }
  work->key = digest_of(work->parts);

  if (const auto found = asked_.find(asker); found != asked_.end()) {
    Job& job = *found->second;
    if (job.work->key == work->key) {
      for (Asking& asking : job.askers) {
        if (asking.id != asker) continue;
        asking.undecided = !may_start;
        if (asking.work->latest != work->latest) {
          asking.work = work;
          settle_latest(job);
        }
      }
      touched_.insert(&job);
      return answer(job);
    }
    part(asker);
  }
  work->path = asker.host->path_of(asker.cell);
  return answer(join({asker, std::move(work), !may_start}));
}

JobTable::Job& JobTable::join(Asking asking) {
  const auto [place, is_new] = jobs_.try_emplace(asking.work->key);
  if (is_new) {
    place->second = std::make_unique<Job>();
    place->second->work = asking.work;
    lookups_.push_back(asking.work->key);
  }
  Job& job = *place->second;
  asked_[asking.id] = &job;
  job.askers.push_back(std::move(asking));
  if (!is_new) {
    settle_latest(job);
    if (job.stage == Stage::done && job.reused && job.work->is_counted()) {
      job.askers.back().id.host->count_reused();
    }
  }
  touched_.insert(&job);
  return job;
}

/// Publishing: the value set last is the one that counts; two at once are a conflict.
void JobTable::settle_latest(Job& job) {
  if (!job.work->is_publishing() || job.askers.empty()) return;
  const std::shared_ptr<const Work>& newest = job.askers.back().work;
  const bool conflict = std::any_of(job.askers.begin(), job.askers.end(), [&](const Asking& one) {
    return !one.undecided && one.work->latest != newest->latest;
  });
  const bool changed = job.work->latest != newest->latest;
  if (!changed && conflict == job.conflict) return;
  job.conflict = conflict;
  if (changed) {
    job.work = newest;
    switch (job.stage) {
      case Stage::announcing:
      case Stage::running:
      case Stage::storing:
        // Back to the value that is being set: it goes on, unless it was cancelled meanwhile.
        job.again = job.attempt == nullptr || job.attempt->work().latest != newest->latest ||
                    job.attempt->is_cancelled();
        if (job.again && job.attempt && newest->cancel_when_unwanted()) job.attempt->cancel();
        break;
      case Stage::queued:
      case Stage::approval:
      case Stage::looking_up:
      case Stage::done:
        dequeue(job);
        job.stage = Stage::looking_up;
        lookups_.push_back(job.work->key);
    }
  }
  touch(job);
}

void JobTable::leave(AskerId asker, bool undecided) {
  if (!undecided) return part(asker);
  if (Job* job = find(asker)) {
    for (Asking& asking : job->askers) {
      if (asking.id == asker) asking.undecided = true;
    }
    touched_.insert(job);
  }
}

void JobTable::part(AskerId asker) {
  const auto found = asked_.find(asker);
  if (found == asked_.end()) return;
  Job& job = *found->second;
  asked_.erase(found);
  std::erase_if(job.askers, [&](const Asking& asking) { return asking.id == asker; });
  settle_latest(job);
  touched_.insert(&job);
}

JobAnswer JobTable::answer(const Job& job) {
  if (job.conflict) {
    Failure failure{.what = "the name is set to two different values at once",
                    .kind = FailureClass::errored,
                    .hint = "publish it from one place, or under two names"};
    for (const Asking& asking : job.askers) {
      failure.facts.push_back({asking.work->path, asking.work->where});
    }
    return {.kind = JobAnswer::Kind::failed,
            .failure = std::make_shared<const Failure>(std::move(failure))};
  }
  if (job.is_unstored) return {.kind = JobAnswer::Kind::failed, .failure = job.store_failure};
  if (job.stage == Stage::done) {
    if (job.failure) return {.kind = JobAnswer::Kind::failed, .failure = job.failure};
    return {.kind = JobAnswer::Kind::ok, .value = job.value};
  }
  if (job.value) return {.kind = JobAnswer::Kind::ok, .value = job.value, .stale = true};
  switch (job.stage) {
    case Stage::approval: return {.phase = Phase::awaiting_approval};
    case Stage::announcing:
    case Stage::running:
    case Stage::storing: return {.phase = Phase::running};
    default: return {.phase = Phase::ready};
  }
}

void JobTable::touch(Job& job) {
  for (const Asking& asking : job.askers) asking.id.host->touch(asking.id.cell);
  touched_.insert(&job);
}

bool JobTable::is_wanted(const Job& job) const {
  return std::any_of(job.askers.begin(), job.askers.end(),
                     [](const Asking& asking) { return !asking.undecided; });
}

JobTable::Job* JobTable::find(AskerId asker) const {
  const auto found = asked_.find(asker);
  return found == asked_.end() ? nullptr : found->second;
}

}  // namespace oche::detail
