// clock_input.hpp - an input that goes by the clock.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/term.hpp>
#include <oche/term/timetable.hpp>

#include <memory>
#include <string_view>

namespace oche::detail {

/// A Term<Time> whose values are those of `table`.
[[nodiscard]] Term<Time> clock_input(Where where, std::string_view name,
                                     std::unique_ptr<const Timetable> table);

}  // namespace oche::detail
