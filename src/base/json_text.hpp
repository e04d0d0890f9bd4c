// json_text.hpp - a text as JSON writes it.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace oche::detail {

/// Appends `text` in quotes. Control characters and DEL are escaped, bytes that are no UTF-8 become
/// U+FFFD, so that what is written is valid JSON whatever the text.
void append_json_text(std::string& out, std::string_view text);

}  // namespace oche::detail
