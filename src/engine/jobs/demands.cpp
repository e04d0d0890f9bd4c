// demands.cpp - under which terms a job runs that several nodes want. Keeps E3.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <algorithm>

namespace oche::detail {

// A key says what is to be done. How, may differ from node to node: the highest level, the shortest
// timeout and validity and the highest priority count, and it is cancelled only if all of them
// allow. When the last one has left, it is as the job's own work says.

Level JobTable::level(const Job& job) {
  Level highest = job.work->level();
  for (const Asking& one : job.askers)
    highest = std::max(highest, one.work->level());
  return highest;
}

Duration JobTable::timeout(const Job& job) {
  Duration shortest = job.work->timeout();
  for (const Asking& one : job.askers) {
    const Duration its = one.work->timeout();
    if (its > Duration{} && (shortest <= Duration{} || its < shortest)) shortest = its;
  }
  return shortest;
}

std::optional<Duration> JobTable::valid_for(const Job& job) {
  std::optional<Duration> shortest = job.work->valid_for();
  for (const Asking& one : job.askers) {
    const std::optional<Duration> its = one.work->valid_for();
    if (its && (!shortest || *its < *shortest)) shortest = its;
  }
  return shortest;
}

int JobTable::priority(const Job& job) {
  int highest = job.askers.empty() ? job.work->priority() : job.askers.front().work->priority();
  for (const Asking& one : job.askers)
    highest = std::max(highest, one.work->priority());
  return highest;
}

/// Who shares it waits for it, too: the longest path counts.
Duration JobTable::remaining(const Job& job) {
  Duration longest{};
  for (const Asking& one : job.askers)
    longest = std::max(longest, one.id.host->remaining(one.id.cell, one.work->path));
  return longest;
}

bool JobTable::cancel_when_unwanted(const Job& job) {
  return job.work->cancel_when_unwanted() &&
         std::all_of(job.askers.begin(), job.askers.end(),
                     [](const Asking& one) { return one.work->cancel_when_unwanted(); });
}

bool JobTable::is_wanted(const Job& job) {
  return std::any_of(job.askers.begin(), job.askers.end(),
                     [](const Asking& one) { return !one.undecided; });
}

bool JobTable::must_ask(const Job& job) const { return ask_from_ && level(job) >= *ask_from_; }

}  // namespace oche::detail
