// location.hpp - find the source line that a failure's text names.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oche::detail {

struct Location {
  std::string file;
  std::uint32_t line = 0;
};

/// The place that `line` consists of, or begins with: `a/b.py:12`, `a/b.py:12: ValueError`,
/// `at a/b.cpp:12`, `a/b.cpp(12)`. Empty if there is none.
[[nodiscard]] Location place_in(std::string_view line);

/// The first place in `text` that is relative, else the first: in a stack, the test itself comes
/// before what it called, and paths outside the project are absolute. In a stack of Java's, which
/// begins at the other end, the first place inside the class `suite`.
[[nodiscard]] Location first_place(std::string_view text, std::string_view suite);

}  // namespace oche::detail
