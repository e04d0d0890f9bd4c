// list_map_optional.cpp - an optional instead of a list.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_map(xs, f): xs must be a Term<std::vector<T>>; for a Term<std::optional<T>>
// use option_map
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map(maybe, [](Term<int> n) { return n; });
const auto later = all(wrong);
#else
const auto right = option_map(maybe, [](Term<int> n) { return n; });
const auto later = all(right);
#endif
