// map_plain.cpp - a plain value among the terms.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): everything after the function must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](int a, int b) { return a + b; }, number, 3);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([](int a, int b) { return a + b; }, number, constant(3));
const auto later = map([](int n) { return n; }, right);
#endif
