// time_text.hpp - durations and points in time as text, and back.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <string>

namespace oche::detail {

/// `90s`, `1.5h`, `-3ms`, `2d`; a unit without a name is a fraction of seconds: `5*1/90000s`.
void write_duration(const Type& type, const void* self, std::string& out);
/// Accepts any unit, and refuses what is no whole number of the type's ticks. Empty, or what is
/// wrong.
[[nodiscard]] std::string read_duration(const Type& type, void* self, std::string_view text);

/// RFC 3339 in UTC with as many decimals as needed: `2026-11-22T03:28:52.5Z`. Outside of the years
/// 0000 to 9999, or with ticks that are no multiple or decimal fraction of seconds, the duration
/// since 1970: `1*1/3s`.
void write_instant(const Type& type, const void* self, std::string& out);
[[nodiscard]] std::string read_instant(const Type& type, void* self, std::string_view text);

}  // namespace oche::detail
