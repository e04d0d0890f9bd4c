// timers.hpp - what the engine's thread is to do at a later time.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace oche::detail {

/// Calls ordered by the time they are due, on the steady clock. Threads: the engine's.
class Timers {
 public:
  using Id = std::uint64_t;

  Id at(std::chrono::nanoseconds due, std::function<void()> call) {
    const Id id = next_++;
    calls_.emplace(std::pair{due, id}, std::move(call));
    due_.emplace(id, due);
    return id;
  }
  void cancel(Id id) {
    if (const auto found = due_.find(id); found != due_.end()) {
      calls_.erase({found->second, id});
      due_.erase(found);
    }
  }
  [[nodiscard]] std::optional<std::chrono::nanoseconds> next_due() const {
    if (calls_.empty()) return std::nullopt;
    return calls_.begin()->first.first;
  }
  /// Runs what is due by `now`; a call may add others, which wait for the next time.
  void run(std::chrono::nanoseconds now) {
    const Id last = next_;
    while (!calls_.empty()) {
      const auto first = calls_.begin();
      const auto [due, id] = first->first;
      if (due > now || id >= last) return;
      const std::function<void()> call = std::move(first->second);
      calls_.erase(first);
      due_.erase(id);
      call();
    }
  }

 private:
  std::map<std::pair<std::chrono::nanoseconds, Id>, std::function<void()>> calls_;
  std::map<Id, std::chrono::nanoseconds> due_;
  Id next_ = 1;
};

}  // namespace oche::detail
