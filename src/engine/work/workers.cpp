// workers.cpp - the threads on which functions run.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/workers.hpp"

#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

namespace oche::detail {

/// Held by every thread, so that one that is left behind still finds its lock.
struct Workers::Shared {
  struct Task {
    std::string name;
    std::function<void()> run;
  };

  explicit Shared(unsigned most) : most_threads(most == 0 ? 1 : most) {}

  unsigned most_threads;
  std::mutex mutex;
  std::condition_variable work_came;
  std::condition_variable work_ended;
  std::deque<Task> waiting;
  std::list<std::string> running;  // their names
  unsigned threads = 0;
  unsigned idle = 0;
  bool closing = false;

  void run(const std::shared_ptr<Shared>& self);
  /// If more wait than there are threads for. Requires: `mutex` is held.
  void add_thread(const std::shared_ptr<Shared>& self) {
    if (closing || idle >= waiting.size() || threads >= most_threads) return;
    ++threads;
    // Detached: it holds all that it needs, and `shut_down` counts it.
    std::thread([self] { self->run(self); }).detach();
  }
};

void Workers::Shared::run(const std::shared_ptr<Shared>& self) {
  std::unique_lock lock(self->mutex);
  for (;;) {
    ++idle;
    work_came.wait(lock, [&] { return closing || !waiting.empty(); });
    --idle;
    if (waiting.empty()) break;
    Task task = std::move(waiting.front());
    waiting.pop_front();
    running.push_back(std::move(task.name));
    const auto place = std::prev(running.end());
    lock.unlock();
    task.run();
    task.run = nullptr;  // what the closure holds goes before the task counts as ended
    lock.lock();
    running.erase(place);
    work_ended.notify_all();
  }
  --threads;
  work_ended.notify_all();
}

Workers::Workers(unsigned threads, Hand hand)
    : shared_(std::make_shared<Shared>(threads)), hand_(std::move(hand)) {}

Workers::~Workers() { shut_down({}); }

void Workers::submit(std::string name, std::function<void()> work) {
  if (hand_) return hand_(std::move(name), std::move(work));
  const std::lock_guard lock(shared_->mutex);
  if (shared_->closing) return;
  shared_->waiting.push_back({std::move(name), std::move(work)});
  shared_->add_thread(shared_);
  shared_->work_came.notify_one();
}

void Workers::resize(unsigned threads) {
  const std::lock_guard lock(shared_->mutex);
  shared_->most_threads = threads == 0 ? 1 : threads;
  for (std::size_t i = 0; i < shared_->waiting.size(); ++i)
    shared_->add_thread(shared_);
}

std::vector<std::string> Workers::shut_down(std::chrono::nanoseconds grace) {
  std::deque<Shared::Task> dropped;
  std::unique_lock lock(shared_->mutex);
  shared_->closing = true;
  dropped.swap(shared_->waiting);
  shared_->work_came.notify_all();
  shared_->work_ended.wait_for(lock, grace, [&] { return shared_->running.empty(); });
  std::vector<std::string> left(shared_->running.begin(), shared_->running.end());
  // Threads without work need no grace: they are on their way out.
  if (left.empty()) shared_->work_ended.wait(lock, [&] { return shared_->threads == 0; });
  lock.unlock();
  return left;
}

}  // namespace oche::detail
