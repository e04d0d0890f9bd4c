// lookup.cpp - is there a stored result? Asked off the round, for many keys at once.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace oche::detail {

namespace {

const Type& result_type(const Work& work) { return *work.term.node()->type; }

/// A published name is what its Latest arguments say only if they were what was set last.
bool is_current(Store& store, const Work& work) {
  const auto published = store.reader().published(work.key.hex());
  return published && published.value() && published.value()->known &&
         published.value()->digest == work.latest;
}

}  // namespace

/// `stored`: for its key.
JobTable::Found JobTable::look_up(Services& services, const Work& work, bool asks,
                                  const Result<std::optional<StoredResult>>& stored) {
  Found found{.key = work.key, .latest = work.latest};
  StoreReader& reader = services.store->reader();
  if (!stored) {
    found.recalled.trouble = stored.failure().what;
  } else if (stored.value() && (!work.is_publishing() || is_current(*services.store, work))) {
    found.recalled = recall(*stored.value(), result_type(work), services.trees);
    found.finished = stored.value()->finished;
    found.expires = stored.value()->expires;
    found.attempt = stored.value()->attempt;
    found.path = stored.value()->path;
    found.is_use_to_be_told = found.recalled.is_result() &&
                              services.clock->now() - stored.value()->used >= use_granularity;
  }
  if (stored && stored.value()) {
    found.build = stored.value()->build;  // a rebuild would have dropped it
  } else if (const auto build = reader.build_number(work.key)) {
    found.build = build.value();
  }
  if (asks) {  // whatever its level: somebody may join who asks for more care
    const auto approval = reader.approval(work.path, work.asked());
    found.is_approved = approval && approval.value().has_value();
  }
  return found;
}

/// All of them as of one moment.
std::vector<JobTable::Found> JobTable::look_up(Services& services,
                                               std::span<const std::shared_ptr<const Work>> works,
                                               bool asks) {
  StoreReader& reader = services.store->reader();
  std::vector<Digest> keys;
  keys.reserve(works.size());
  for (const auto& work : works)
    keys.push_back(work->key);
  std::vector<std::optional<StoredResult>> together;  // empty where one is damaged
  if (auto found = reader.find_many(keys)) together = std::move(found).value();
  std::vector<Found> all;
  all.reserve(works.size());
  for (std::size_t i = 0; i < works.size(); ++i) {
    // What is damaged hides none of the others.
    const Result<std::optional<StoredResult>> stored =
        together.empty() ? reader.find(keys[i]) : Result(std::move(together[i]));
    all.push_back(look_up(services, *works[i], asks, stored));
  }
  return all;
}

void JobTable::send_lookups() {
  std::vector<std::shared_ptr<const Work>> works;
  for (const Digest& key : std::exchange(lookups_, {})) {
    const auto job = jobs_.find(key);
    if (job != jobs_.end() && job->second->stage == Stage::looking_up) {
      works.push_back(job->second->work);
    }
  }
  if (works.empty()) return;
  pending_ += static_cast<unsigned>(works.size());
  services_.lookups.submit(
      "reading the store", [this, &services = services_, works, asks = ask_from_.has_value()] {
        for (std::size_t first = 0; first < works.size(); first += lookups_at_once) {
          const auto some =
              std::span(works).subspan(first, std::min(lookups_at_once, works.size() - first));
          auto all = std::make_shared<std::vector<Found>>(look_up(services, some, asks));
          Changes uses;
          for (const Found& found : *all) {
            if (found.is_use_to_be_told)
              uses.push_back(UseResult{found.key, services.clock->now()});
          }
          if (!uses.empty()) services.store->submit_soon(std::move(uses));
          services.inbox.post([this, all] {
            for (Found& found : *all)
              looked_up(std::move(found));
          });
        }
      });
}

void JobTable::looked_up(Found found) {
  --pending_;
  const auto place = jobs_.find(found.key);
  if (place == jobs_.end()) return;
  Job& job = *place->second;
  if (job.stage != Stage::looking_up) return;
  if (job.work->latest != found.latest) {  // another value is wanted by now
    lookups_.push_back(found.key);
    mark(job);
    return;
  }
  job.build = found.build;
  job.approval_is_known = found.is_approved.has_value();
  job.approved = found.is_approved.value_or(false);
  if (const auto rebuilt = rebuilt_.find(found.key); rebuilt != rebuilt_.end()) {
    job.build = rebuilt->second;
    found.recalled = {};
  }
  if (!found.recalled.trouble.empty()) {
    report(job, Event::What::warning, State::ok, found.recalled.trouble + "; it will run again");
  }
  job.finished = found.finished;
  job.expires = found.expires;
  const std::optional<Time> end = expiry(job);
  const bool is_expired = end && *end <= services_.clock->now();
  if (found.recalled.is_result() && !is_expired) {
    job.reused = true;
    job.stage = Stage::done;
    job.value = std::move(found.recalled.value);
    job.failure = std::move(found.recalled.failure);
    job.made = found.attempt;
    job.made_at = std::move(found.path);
    for (const Asking& asking : job.askers)
      also_at(job, asking);
    watch_expiry(job);
    if (job.work->is_counted()) {
      for (const Asking& asking : job.askers)
        asking.id.host->count_reused();
    }
    report(job, Event::What::reused, job.failure ? State::failed : State::ok,
           job.failure ? job.failure->what : std::string());
    touch(job);
    return;
  }
  // Expired: the old result is shown, stale, until the new one is stored (semantics §3.5).
  if (found.recalled.value) job.value = std::move(found.recalled.value);
  enqueue(job);  // or it waits for a person: that is decided with the round
  touch(job);
}

}  // namespace oche::detail
