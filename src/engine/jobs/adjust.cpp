// adjust.cpp - slots, pools and the level to ask from, changed while jobs wait.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

namespace oche::detail {

void JobTable::resize_pool(const std::string& name, const Needs& has) {
  const std::size_t known = pools_.sizes().size();
  pools_.resize(name, has);
  queue_.resize(pools_.sizes());
  if (pools_.sizes().size() == known) return;
  // A pool that there was not has limited nothing: who waits takes a place with a share of it.
  for (const auto& [key, job] : jobs_) {
    if (!job->queued) continue;
    take_from_queue(*job);
    put_in_queue(*job);
  }
}

void JobTable::ask_from(std::optional<Level> level, Duration lasting) {
  if (asks_until_) timers_.cancel(*asks_until_);
  asks_until_.reset();
  if (lasting > Duration{}) {
    asks_until_ = timers_.at(services_.clock->steady() + lasting, [this] {
      asks_until_.reset();
      ask_from(services_.options.ask_from, {});
    });
  }
  ask_from_ = level;
  for (const auto& [key, job] : jobs_) {
    if (job->stage == Stage::queued || job->stage == Stage::approval) mark(*job);
  }
}

}  // namespace oche::detail
