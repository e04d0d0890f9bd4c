// clock.cpp - the machine's clock.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/clock.hpp>

namespace oche {
namespace {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time now() const override {
    return std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::nanoseconds steady() const override {
    return std::chrono::steady_clock::now().time_since_epoch();
  }
  [[nodiscard]] bool flows() const override { return true; }
  [[nodiscard]] Subscription subscribe(std::function<void()>) override { return {}; }
};

}  // namespace

std::shared_ptr<Clock> system_clock() { return std::make_shared<SystemClock>(); }

}  // namespace oche
