// feed.hpp - something outside the pipeline that a test changes, and an input that watches it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/term.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace engine_tests {

/// Says "one" until told otherwise.
class Feed {
 public:
  oche::Result<std::string> read() {
    const std::lock_guard lock(mutex_);
    return says_;
  }
  void subscribe(std::function<void()> changed) {
    const std::lock_guard lock(mutex_);
    changed_ = std::move(changed);
    ++subscribers_;
  }
  void unsubscribe() {
    const std::lock_guard lock(mutex_);
    changed_ = nullptr;
    --subscribers_;
    moved_.notify_all();
  }

  [[nodiscard]] int subscribers() const {
    const std::lock_guard lock(mutex_);
    return subscribers_;
  }
  void await_unsubscribed() {
    std::unique_lock lock(mutex_);
    REQUIRE(moved_.wait_for(lock, std::chrono::seconds(60), [this] { return subscribers_ == 0; }));
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable moved_;
  std::string says_ = "one";
  std::function<void()> changed_;
  int subscribers_ = 0;
};

inline oche::Term<std::string> watched(const std::shared_ptr<Feed>& feed) {
  return oche::watch<std::string>(
      "feed", [feed] { return feed->read(); },
      [feed](std::function<void()> changed) {
        feed->subscribe(std::move(changed));
        return std::function<void()>([feed] { feed->unsubscribe(); });
      });
}

}  // namespace engine_tests
