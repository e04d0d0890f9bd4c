// clock.hpp - where all time comes from, so that tests and simulations can move it.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/time.hpp>

#include <functional>
#include <memory>

namespace oche {

/// Ends a subscription when it ends.
class Subscription {
 public:
  Subscription() = default;
  explicit Subscription(std::function<void()> end) : end_(std::move(end)) {}
  Subscription(Subscription&& other) noexcept { end_.swap(other.end_); }
  Subscription& operator=(Subscription&& other) noexcept {
    if (this != &other) {
      reset();
      end_.swap(other.end_);
    }
    return *this;
  }
  ~Subscription() { reset(); }
  void reset() noexcept {
    std::function<void()> end;
    end.swap(end_);
    if (end) end();
  }

 private:
  std::function<void()> end_;
};

/// Threads: every function may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  /// The date and time of day; may be set back by an administrator.
  [[nodiscard]] virtual Time now() const = 0;
  /// Time since some start; never goes back. For durations and timeouts.
  [[nodiscard]] virtual std::chrono::nanoseconds steady() const = 0;
  /// Whether time passes by itself: only then is it any use to sleep until a deadline.
  [[nodiscard]] virtual bool flows() const = 0;
  /// Calls `moved` each time somebody has moved the clock by hand; never for a clock that flows.
  /// `moved` runs on the thread that moved it and must not block. It is not called any more once
  /// the subscription has ended.
  [[nodiscard]] virtual Subscription subscribe(std::function<void()> moved) = 0;
};

/// The machine's clock. Cost: an allocation; every one tells the same time.
[[nodiscard]] std::shared_ptr<Clock> system_clock();

}  // namespace oche
