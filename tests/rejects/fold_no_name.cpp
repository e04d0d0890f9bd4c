// fold_no_name.cpp - a fold without a name.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::fold(name, initial, f, x): the name comes first
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = fold(0, [](int sum, int n) { return sum + n; }, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = fold("sum", 0, [](int sum, int n) { return sum + n; }, number);
const auto later = map([](int n) { return n; }, right);
#endif
