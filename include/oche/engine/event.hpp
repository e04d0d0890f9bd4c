// event.hpp - what happened, in order.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/snapshot.hpp>
#include <oche/term/step_options.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace oche {

namespace detail {
class EventLog;
}

/// How many steps and commands of a pipeline did what.
struct Counts {
  std::uint32_t steps = 0;   ///< wanted steps and commands, instances included
  std::uint32_t ran = 0;     ///< attempts started since `start`
  std::uint32_t reused = 0;  ///< outcomes taken from the store
  std::uint32_t failed = 0;
};

/// One thing that happened.
struct Event {
  enum class What : std::uint8_t {
    started,   ///< an attempt runs: whoever looks finds its record and its log
    finished,  ///< an attempt ended, and that is stored; `state`, `duration`, `text` of a failure
    reused,    ///< a stored outcome was taken
    waiting,   ///< for a person: a step of some level, or an `approve`, with its `text`
    changed,   ///< an input has a new value
    warning,   ///< an advisory failed, or a stale input
    settled,   ///< nothing runs or could start in the whole engine
    gap,       ///< the reader was too slow: events were dropped before the next one
  };
  std::uint64_t sequence = 0;
  What what = What::settled;
  std::chrono::sys_time<std::chrono::nanoseconds> at{};
  std::string path;
  State state = State::ok;
  Duration duration{};
  std::string text;
  std::string log;  ///< the attempt's log file, or empty
};

/// `started`; what an event is called in JSON.
[[nodiscard]] std::string_view name_of(Event::What what);

/// A reader of the event stream; each has its own position. Threads: one at a time.
class EventReader {
 public:
  explicit EventReader(std::shared_ptr<detail::EventLog> log);
  ~EventReader();
  EventReader(EventReader&&) noexcept;
  EventReader& operator=(EventReader&&) noexcept;
  /// The next event, or nothing if there is none yet.
  [[nodiscard]] std::optional<Event> next();
  /// Waits for one; nothing once the engine is gone.
  [[nodiscard]] std::optional<Event> wait();

 private:
  std::shared_ptr<detail::EventLog> log_;
  std::uint64_t position_ = 0;
};

}  // namespace oche
