// errors.hpp - what is said when a report cannot be read.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/base/failure.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace oche::detail {

/// A place in a text, counted from one; columns count characters.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

[[nodiscard]] Place place_of(std::string_view text, std::size_t offset);

/// The line of `text` that `offset` is in, or the part around it if it is long, fit to be shown.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t offset);

/// A failure of class *errored*: without a report nothing is known about the tests, good or bad.
[[nodiscard]] Failure unreadable(std::string what, std::string hint);

/// Likewise, with the place in the report and the line that stands there.
[[nodiscard]] Failure unreadable_at(std::string what, std::string hint, std::string_view report,
                                    std::string_view text, std::size_t offset);

}  // namespace oche::detail
