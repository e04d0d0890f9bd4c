// manual_clock.hpp - a clock that moves only when told.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/clock.hpp>

#include <mutex>

namespace oche {

/// For tests and simulations. Threads: any.
class ManualClock : public Clock {
 public:
  /// Starts on 2001-01-01 00:00:00 UTC unless told otherwise.
  explicit ManualClock(Time start = Time(std::chrono::seconds(978'307'200)));
  ~ManualClock() override;

  [[nodiscard]] Time now() const override;
  [[nodiscard]] std::chrono::nanoseconds steady() const override;
  [[nodiscard]] bool flows() const override { return false; }
  [[nodiscard]] Subscription subscribe(std::function<void()> moved) override;

  /// Lets time pass, then tells every subscriber. Requires: `by` is not negative.
  void advance(std::chrono::nanoseconds by);
  /// Sets the date as an administrator would: `steady` stays.
  void set(Time now);

 private:
  struct Listeners;
  void tell();
  mutable std::mutex mutex_;
  Time now_;
  std::chrono::nanoseconds steady_{0};
  std::shared_ptr<Listeners> listeners_;
};

}  // namespace oche
