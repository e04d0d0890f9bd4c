// clock_input.cpp - an input that goes by the clock.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/time/clock_input.hpp"

#include <utility>

namespace oche::detail {

Term<Time> clock_input(Where where, std::string_view name, std::unique_ptr<const Timetable> table) {
  return typed<Time>(
      make_input(where, name, type_of<Time>, std::make_shared<TimedSource>(std::move(table))));
}

}  // namespace oche::detail
