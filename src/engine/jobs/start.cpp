// start.cpp - an attempt begins.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/job_table.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

namespace oche::detail {

namespace {

/// Tells that an attempt has begun once everybody can find its record and its log. Threads: any.
class Begun {
 public:
  enum Part : unsigned { record = 1, log = 2 };

  Begun(Services& services, Event event) : services_(services), event_(std::move(event)) {}

  /// Has no effect when called again for the same part.
  void is_there(Part part) {
    constexpr unsigned all = record | log;
    const unsigned before = parts_.fetch_or(part);
    if (before == all || (before | part) != all) return;
    services_.events->add(std::move(event_));
    services_.inbox.wake();  // a host that shows events does so after a round
  }

 private:
  Services& services_;
  Event event_;
  std::atomic<unsigned> parts_ = 0;
};

}  // namespace

void JobTable::start(Job& job) {
  job.stage = Stage::running;
  job.again = false;
  job.rebuilt = false;
  job.announced = false;
  job.reused = false;
  job.setting = job.work->latest;
  ++job.tries;
  const auto attempt =
      std::make_shared<RunningAttempt>(services_, job.work, services_.store->next_attempt());
  job.attempt = attempt;
  job.log = attempt->log_path();
  job.made = attempt->id();
  job.made_at = job.work->path;
  const auto begun =
      std::make_shared<Begun>(services_, event_of(job, Event::What::started, State::running));
  Changes changes{Attempt{.id = attempt->id(),
                          .key = job.work->key,
                          .path = job.work->path,
                          .step = job.work->name(),
                          .started = attempt->started(),
                          .log = attempt->log_name(),
                          .isolation = job.work->promise.isolation,
                          .build = job.build},
                  StoredKey{job.work->key, text_of(job.work->parts())}};
  if (const auto begun_at = std::exchange(start_up_, std::nullopt))
    changes.push_back(AddDuration{"", "", services_.clock->steady() - *begun_at});
  for (const Asking& asking : job.askers) {
    if (auto entry = mention(job, asking)) changes.push_back(std::move(*entry));
  }
  services_.store->submit_soon(std::move(changes),
                               [begun](const CommitReport&) { begun->is_there(Begun::record); });
  if (job.work->is_counted()) job.askers.front().id.host->count_run();
  watch_time(job);
  attempt->on_log([begun] { begun->is_there(Begun::log); });
  attempt->start([this, key = job.work->key, &inbox = services_.inbox](
                     const std::shared_ptr<RunningAttempt>& ended_attempt, AttemptEnd end) {
    inbox.post(
        [this, key, ended_attempt, end = std::move(end)] { ended(key, ended_attempt, end); });
  });
  touch(job);
}

/// A command's own timeout is kept by its process; a function can only be asked to stop.
void JobTable::watch_time(Job& job) {
  const Duration limit = timeout(job);
  if (limit <= Duration{}) return;
  const bool has_process = job.work->command != nullptr && !services_.by_hand;
  if (has_process && job.work->timeout() == limit) return;
  job.timer = timers_.at(services_.clock->steady() + limit, [this, key = job.work->key] {
    Job& late = *jobs_.at(key);  // a running job is never forgotten, and its end ends the timer
    late.timer.reset();
    late.attempt->time_out();
  });
}

}  // namespace oche::detail
