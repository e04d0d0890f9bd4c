// number_text.hpp - numbers as text, and back, whatever the locale.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <string>

namespace oche::detail {

/// The shortest text that reads back as the same number; `nan`, `inf`, `-inf` for those.
void write_number(const Type& type, const void* self, std::string& out);

/// Takes a number of this type from the front of `text` and stores it. A real is rounded to the
/// nearest. Empty, or what is wrong.
[[nodiscard]] std::string take_number(const Type& type, void* self, std::string_view& text);

}  // namespace oche::detail
