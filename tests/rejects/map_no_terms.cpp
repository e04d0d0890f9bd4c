// map_no_terms.cpp - map of a function alone.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): a function and at least one Term are needed
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([] { return 3; });
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = constant(3);
const auto later = map([](int n) { return n; }, right);
#endif
