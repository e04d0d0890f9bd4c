// line.hpp - a place in the user's program, as errors write it.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <source_location>
#include <string>

namespace oche::detail {

/// `file:line`, with the file as the compiler was given it.
[[nodiscard]] std::string line_of(std::source_location where);

}  // namespace oche::detail
