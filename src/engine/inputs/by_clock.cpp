// by_clock.cpp - inputs that change with the time of day, and clocks that somebody sets.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Dates are the wall clock's, waiting is the steady clock's. The two part company when somebody
// sets the date, when the machine has slept, and a little all the time; so a timer only says when
// to look again, and what is read is always what the date says then.
#include "engine/inputs/input_table.hpp"
#include <oche/term/timetable.hpp>

#include <utility>

namespace oche::detail {

namespace {

/// More than a clock that is being corrected strays between two rounds.
constexpr std::chrono::nanoseconds is_set = std::chrono::milliseconds(50);

}  // namespace

void InputTable::read_clock(Input& input) {
  const Timetable& table = *input.table;
  end_timer(input);
  const Time now = services_.clock->now();
  const std::chrono::nanoseconds steady = services_.clock->steady();
  clock_offset_ = now.time_since_epoch() - steady;
  if (!closed_) {
    input.timer = timers_.at(steady + (table.next(now) - now), [this, source = input.source.get()] {
      Input& due = *inputs_.at(source);  // dropping it would have ended the timer
      due.timer.reset();
      --by_clock_;
      read_clock(due);
    });
    ++by_clock_;
  }
  take(input, table.at(now));
}

void InputTable::end_timer(Input& input) {
  if (!input.timer) return;
  timers_.cancel(*std::exchange(input.timer, std::nullopt));
  --by_clock_;
}

void InputTable::look_at_clock() {
  if (by_clock_ == 0) return;
  const std::chrono::nanoseconds offset =
      services_.clock->now().time_since_epoch() - services_.clock->steady();
  if (offset - clock_offset_ < is_set && clock_offset_ - offset < is_set) return;
  for (const auto& [source, input] : inputs_) {
    if (input->timer) read_clock(*input);
  }
}

}  // namespace oche::detail
