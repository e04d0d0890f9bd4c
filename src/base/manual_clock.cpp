// manual_clock.cpp - a clock that moves only when told.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/manual_clock.hpp>

#include <map>

namespace oche {

// Shared with the subscriptions, which may outlive the clock.
struct ManualClock::Listeners {
  // Held while listeners are called, so that one whose subscription has ended is not called any
  // more; recursive, because a listener may end its own subscription.
  std::recursive_mutex calling;
  std::map<std::uint64_t, std::function<void()>> all;
  std::uint64_t next = 0;
};

ManualClock::ManualClock(Time start) : now_(start), listeners_(std::make_shared<Listeners>()) {}

ManualClock::~ManualClock() = default;

Time ManualClock::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

std::chrono::nanoseconds ManualClock::steady() const {
  const std::lock_guard lock(mutex_);
  return steady_;
}

Subscription ManualClock::subscribe(std::function<void()> moved) {
  const std::lock_guard lock(listeners_->calling);
  const std::uint64_t id = listeners_->next++;
  listeners_->all.emplace(id, std::move(moved));
  return Subscription([listeners = listeners_, id] {
    const std::lock_guard ending(listeners->calling);
    listeners->all.erase(id);
  });
}

void ManualClock::advance(std::chrono::nanoseconds by) {
  {
    const std::lock_guard lock(mutex_);
    now_ += by;
    steady_ += by;
  }
  tell();
}

void ManualClock::set(Time now) {
  {
    const std::lock_guard lock(mutex_);
    now_ = now;
  }
  tell();
}

void ManualClock::tell() {
  const std::shared_ptr<Listeners> listeners = listeners_;
  const std::lock_guard lock(listeners->calling);
  // By number and not by iterator: a listener may subscribe or unsubscribe others.
  std::uint64_t id = 0;
  for (auto next = listeners->all.lower_bound(id); next != listeners->all.end();
       next = listeners->all.lower_bound(id)) {
    id = next->first + 1;
    const std::function<void()> moved = next->second;  // it may end its own subscription
    moved();
  }
}

}  // namespace oche
