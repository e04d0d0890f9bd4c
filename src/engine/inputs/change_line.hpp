// change_line.hpp - how sources tell an engine that they have changed, for as long as there is one.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/inbox.hpp"

#include <mutex>
#include <utility>

namespace oche::detail {

/// Held by what sources are given, which may outlive the engine. Threads: any.
class ChangeLine {
 public:
  explicit ChangeLine(Inbox& inbox) : inbox_(&inbox) {}

  void post(Inbox::Message message) {
    const std::lock_guard lock(mutex_);
    if (inbox_ != nullptr) inbox_->post(std::move(message));
  }
  /// Later posts have no effect.
  void close() {
    const std::lock_guard lock(mutex_);
    inbox_ = nullptr;
  }
  [[nodiscard]] bool is_closed() const {
    const std::lock_guard lock(mutex_);
    return inbox_ == nullptr;
  }

 private:
  mutable std::mutex mutex_;
  Inbox* inbox_;
};

}  // namespace oche::detail
