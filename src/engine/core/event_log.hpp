// event_log.hpp - the events of one engine, for any number of readers.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/engine/event.hpp>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace oche::detail {

/// Keeps the last `room` events. Writing never waits for a reader: one that is too slow finds a
/// gap.
class EventLog {
 public:
  explicit EventLog(std::size_t room = 65536) : room_(room) {}

  void add(Event event);
  /// No more events will come: wakes every waiting reader.
  void close();

  /// Number of the event that will be added next.
  [[nodiscard]] std::uint64_t next_sequence() const;
  /// The event at `position`, which moves on; a gap if it is no longer kept.
  [[nodiscard]] std::optional<Event> read(std::uint64_t& position) const;
  /// Likewise, but waits until there is one or the log is closed.
  [[nodiscard]] std::optional<Event> wait(std::uint64_t& position) const;

 private:
  [[nodiscard]] std::optional<Event> read_locked(std::uint64_t& position) const;

  const std::size_t room_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::deque<Event> events_;
  std::uint64_t first_ = 0;  ///< sequence number of events_.front()
  bool closed_ = false;
};

}  // namespace oche::detail
