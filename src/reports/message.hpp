// message.hpp - why a test did not pass, from a <failure>, <error> or <skipped>.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/location.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace oche::detail {

struct Explanation {
  std::string message;  ///< without lines that only name a place or say that it failed
  Location location;
};

/// The element's `message`, or where that says nothing, its text; `suite` is the test's.
[[nodiscard]] Explanation explain(pugi::xml_node element, std::string_view suite);

}  // namespace oche::detail
