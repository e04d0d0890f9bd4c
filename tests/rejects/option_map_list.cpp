// option_map_list.cpp - a list instead of an optional.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::option_map(x, f): x must be a Term<std::optional<T>>; for a Term<std::vector<T>>
// use list_map
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = option_map(numbers, [](Term<int> n) { return n; });
const auto later = all(wrong);
#else
const auto right = list_map(numbers, [](Term<int> n) { return n; });
const auto later = all(right);
#endif
