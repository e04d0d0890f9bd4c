// nearest.hpp - what somebody who wrote a name may have meant.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// The `count` candidates that are most like `text`, most alike first.
/// Cost: the lengths of the text and of all candidates, multiplied.
[[nodiscard]] std::vector<std::string> nearest(std::string_view text,
                                               std::vector<std::string> candidates,
                                               std::size_t count = 3);

/// `a, b, c`; names with spaces or commas in quotes.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

}  // namespace oche::detail
