// also_at.cpp - a key has one attempt but maybe several paths: each leads to it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace oche::detail {

/// An attempt is stored under the path that asked first. Somebody at another one gets it, too: the
/// history of that path says which attempt to look at.
std::optional<HistoryEntry> JobTable::mention(const Job& job, const Asking& asking) const {
  const std::string& path = asking.work->path;
  const bool is_elsewhere = job.made != 0 && !job.made_at.empty() && path != job.made_at;
  if (!is_elsewhere) return std::nullopt;
  const Failure* failure = job.stage == Stage::done ? job.failure.get() : nullptr;
  if (job.stage == Stage::storing && job.fresh.failure) failure = &*job.fresh.failure;
  HistoryEntry entry{.path = path,
                     .when = services_.clock->now(),
                     .key = job.work->key,
                     .attempt = job.made,
                     .state = failure != nullptr ? AttemptState::failed : AttemptState::ok,
                     .reused = true,
                     .text = failure != nullptr ? failure->what : std::string()};
  if (job.stage == Stage::running) {
    entry.state = AttemptState::running;
    entry.reused = false;
  }
  return entry;
}

void JobTable::also_at(const Job& job, const Asking& asking) {
  const bool is_over = job.stage == Stage::done;
  if (!is_over && job.stage != Stage::running && job.stage != Stage::storing) return;
  std::optional<HistoryEntry> entry = mention(job, asking);
  if (!entry) return;
  if (is_over) return look_and_add(*entry, *asking.id.host);
  services_.store->submit_soon({std::move(*entry)});
}

/// After a restart the path may know already; a line for each restart would tell nobody anything.
void JobTable::look_and_add(const HistoryEntry& entry, AskerHost& host) {
  ++pending_;
  const auto wait = std::make_shared<UnderWay>(host.wait());
  services_.lookups.submit("reading the store", [this, &services = services_, entry, wait] {
    const auto known = services.store->reader().history(entry.path, 1);
    const bool is_known =
        known && !known.value().empty() && known.value().front().attempt == entry.attempt;
    if (!is_known) services.store->submit({entry});
    services.inbox.post([this, wait] {
      --pending_;
      *wait = UnderWay();  // here: a copy of `wait` may outlive this on another thread
    });
  });
}

}  // namespace oche::detail
