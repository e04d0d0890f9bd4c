// option_map_known.cpp - an optional that is no term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::option_map(x, f): the optional comes first
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = option_map(std::optional<int>(3), [](Term<int> x) { return x; });
const auto later = all(wrong);
#else
const auto right = option_map(maybe, [](Term<int> x) { return x; });
const auto later = all(right);
#endif
