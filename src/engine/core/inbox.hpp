// inbox.hpp - how other threads hand something to the engine's thread.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace oche::detail {

/// Messages for one thread, with a descriptor that is readable while there are any.
///
/// Threads: `post` from any; `take` from one.
class Inbox {
 public:
  using Message = std::function<void()>;

  Inbox();
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  void post(Message message);
  /// Makes sure that a round follows, which whoever waits for the engine to settle waits for too.
  void nudge() {
    post([] {});
  }
  /// Makes `fd` readable without a message.
  void wake();
  [[nodiscard]] std::vector<Message> take();
  [[nodiscard]] int fd() const { return fd_; }
  /// How many messages there ever were.
  [[nodiscard]] std::uint64_t posted() const;

 private:
  int fd_;
  mutable std::mutex mutex_;
  std::vector<Message> messages_;
  std::uint64_t posted_ = 0;
};

}  // namespace oche::detail
