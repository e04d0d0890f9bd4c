// shapes.hpp - what writing and reading texts both need to know of shapes.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <vector>

namespace oche::detail {

/// The elements of a set in the order of their encodings (as they come, if they have none).
[[nodiscard]] std::vector<const void*> sorted_parts(const Type& type, const void* self);
[[nodiscard]] std::vector<Entry> sorted_entries(const Type& type, const void* self);

/// Whether `null` could be a value too, so that an optional is written as a list of none or one.
[[nodiscard]] bool optional_needs_list(const Type& optional);

/// The name of an enum's value; null if it has none.
[[nodiscard]] const char* name_of_choice(const Type& choice, const void* self);

}  // namespace oche::detail
