// schedule.hpp - moments of the calendar, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/time.hpp>
#include <oche/term/term.hpp>

#include <string_view>

namespace oche {

/// The newest moment that `when` names: what takes it as an argument is done once for each.
///
///     auto report = weekly_report(schedule("0 3 * * 1-5", "Europe/Berlin"));
///
/// `when` has cron's five fields: minute, hour, day of the month, month, day of the week (0 and 7
/// are Sunday); each is `*`, a number, a name (`mon`, `jan`), a range, a step (`*/5`, `8-18/2`) or
/// a list of those with commas. If both days are restricted, either will do. Also `@hourly`,
/// `@daily`, `@weekly`, `@monthly` and `@yearly`.
///
/// `zone` is `UTC`, a distance from it (`+02:00`), or a name of the system's zones. A time that
/// a day does not have, since clocks went forward, comes when they do; one that it has twice comes
/// the first time.
///
/// Catching up: of the moments that came while nobody was there, the newest is made up for, and no
/// other; so the first start ever does at once what was due last. If the clock is set back, the
/// value is an earlier moment again, whose results are known.
///
/// Diagram: an input, `0 3 * * 1-5 Europe/Berlin`.
/// Fails: throws oche::Error, naming the field, for what is no moment or never comes, and for zones
/// that nobody knows.
[[nodiscard]] Term<Time> schedule(std::string_view when, std::string_view zone = "UTC",
                                  Where where = Where::current());

}  // namespace oche
