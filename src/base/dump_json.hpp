// dump_json.hpp - JSON as text, the same way everywhere.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>

#include <string>

namespace oche::detail {

/// On one line, without its end. What is no UTF-8 (a path, a program's output) becomes U+FFFD.
template <class Json>
[[nodiscard]] std::string json_line(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// For people too: two spaces a level, a line end at the end.
template <class Json>
[[nodiscard]] std::string json_page(const Json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace oche::detail
