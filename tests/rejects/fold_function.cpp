// fold_function.cpp - a fold whose function takes the value only.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::fold(name, initial, f, x): f must take (state, value) and return the new state
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = fold("sum", 0, [](int n) { return n; }, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = fold("sum", 0, [](int sum, int n) { return sum + n; }, number);
const auto later = map([](int n) { return n; }, right);
#endif
