// ask.cpp - who wants which key.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <algorithm>
#include <utility>

namespace oche::detail {

namespace {

bool has_program(const ResolvedCommand& command) { return !command.argv.empty(); }

/// A step's work of the same values. Rounds ask again whenever an answer has changed, and what a
/// key is made of is mostly as it was. (A command's depends on the machine, too.)
bool is_of(const Work& work, const Node& node, std::span<const Value> arguments) {
  return work.step != nullptr && work.term.node() == &node &&
         std::equal(arguments.begin(), arguments.end(), work.arguments.begin(),
                    work.arguments.end(), [](const Value& a, const Value& b) { return a.same(b); });
}

}  // namespace

JobAnswer JobTable::ask(AskerId asker, const AnyTerm& term, std::span<const Value> arguments,
                        bool may_start) {
  const auto found = asked_.find(asker);
  if (found != asked_.end()) {
    Job& job = *found->second;
    Asking& its = asking_of(job, asker);
    if (is_of(*its.work, *term.node(), arguments)) {
      its.undecided = !may_start;
      mark(job);
      return answer(job, its);
    }
  }
  std::shared_ptr<Work> work = make_work(asker, term, arguments);
  if (work == nullptr) {
    part(asker);
    return {};  // active: nobody knows its key yet
  }
  if (found != asked_.end()) {
    Job& job = *found->second;
    Asking& its = asking_of(job, asker);
    if (job.work->key == work->key) {
      its.undecided = !may_start;
      if (its.work->latest != work->latest) {
        work->path = its.work->path;
        its.work = std::move(work);
        its.turn = next_turn_++;
      } else if (job.work == its.work && job.stage <= Stage::queued) {
        // Context arguments are no part of the key: it starts with whatever they are by then.
        work->path = its.work->path;
        job.work = its.work = std::move(work);
      }
      mark(job);
      return answer(job, its);
    }
    part(asker);
  }
  work->path = asker.host->path_of(asker.cell);
  const Job& job = join({asker, std::move(work), !may_start, next_turn_++});
  return answer(job, job.askers.back());
}

/// Null while nobody knows what the machine promises for a command.
std::shared_ptr<Work> JobTable::make_work(AskerId asker, const AnyTerm& term,
                                          std::span<const Value> arguments) {
  const Node& node = *term.node();
  auto work = std::make_shared<Work>(Work{.term = term});
  work->arguments.assign(arguments.begin(), arguments.end());
  work->where = place(node.where);
  if (node.kind == Kind::step) {
    work->step = static_cast<const StepPayload*>(node.payload);
    if (has_latest(*work->step)) work->latest = latest_digest(*work->step, arguments);
  } else {
    work->command = static_cast<const CommandPayload*>(node.payload);
    work->resolved = resolve(work->command->spec, arguments);
    if (has_program(work->resolved)) {
      const bool network = work->command->spec.network != Network::none;
      const Promise* promise = promises_.find(
          work->resolved, network,
          [host = asker.host->weak_from_this(), cell = asker.cell, wait = asker.host->wait()] {
            if (const auto still = host.lock()) still->touch(cell);
          });
      if (promise == nullptr) return nullptr;
      work->promise = *promise;
    }
  }
  work->key = work->digest();
  return work;
}

JobTable::Asking& JobTable::asking_of(Job& job, AskerId asker) {
  return *std::find_if(job.askers.begin(), job.askers.end(),
                       [&](const Asking& asking) { return asking.id == asker; });
}

JobTable::Job& JobTable::join(Asking asking) {
  const auto [place, is_new] = jobs_.try_emplace(asking.work->key);
  if (is_new) {
    place->second = std::make_unique<Job>();
    place->second->work = asking.work;
    lookups_.push_back(asking.work->key);
    if (lookups_.size() >= lookups_at_once) send_lookups();  // starts nothing: the round goes on
  }
  Job& job = *place->second;
  asked_[asking.id] = &job;
  job.askers.push_back(std::move(asking));
  if (!is_new && job.stage == Stage::done && job.reused && job.work->is_counted()) {
    job.askers.back().id.host->count_reused();
  }
  also_at(job, job.askers.back());
  mark(job);
  return job;
}

void JobTable::leave(AskerId asker, bool undecided) {
  if (!undecided) return part(asker);
  if (Job* job = find(asker)) {
    asking_of(*job, asker).undecided = true;
    mark(*job);
  }
}

void JobTable::part(AskerId asker) {
  const auto found = asked_.find(asker);
  if (found == asked_.end()) return;
  Job& job = *found->second;
  asked_.erase(found);
  std::erase_if(job.askers, [&](const Asking& asking) { return asking.id == asker; });
  mark(job);
}

JobAnswer JobTable::answer(const Job& job, const Asking& asking) {
  if (job.conflict && !asking.undecided) {
    return {.kind = JobAnswer::Kind::failed, .failure = conflict_of(job, asking)};
  }
  // Another value is to be set than the one that the job knows of, until the round has ended.
  const bool is_current = asking.work->latest == job.work->latest;
  if (is_current && job.store_failure) {
    return {.kind = JobAnswer::Kind::failed, .failure = job.store_failure};
  }
  const bool is_done = is_current && job.stage == Stage::done;
  if (is_done || is_current || asking.work->keeps_old()) {
    if (job.failure) return {.kind = JobAnswer::Kind::failed, .failure = job.failure};
    if (job.value) return {.kind = JobAnswer::Kind::ok, .value = job.value, .stale = !is_done};
  }
  switch (job.stage) {
    case Stage::approval:
      return {.phase = Phase::awaiting_approval};
    case Stage::announcing:
    case Stage::running:
    case Stage::storing:
      return {.phase = Phase::running};
    default:
      return {.phase = Phase::ready};
  }
}

void JobTable::touch(Job& job) {
  for (const Asking& asking : job.askers)
    asking.id.host->touch(asking.id.cell);
  mark(job);
}

JobTable::Job* JobTable::find(AskerId asker) const {
  const auto found = asked_.find(asker);
  return found == asked_.end() ? nullptr : found->second;
}

}  // namespace oche::detail
