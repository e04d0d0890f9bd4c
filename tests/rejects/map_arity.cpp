// map_arity.cpp - too few terms for the function.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): f cannot be called with the values of these terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](int a, int b) { return a + b; }, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([](int a, int b) { return a + b; }, number, number);
const auto later = map([](int n) { return n; }, right);
#endif
