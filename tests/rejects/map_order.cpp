// map_order.cpp - the terms before the function.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): the function comes first
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map(number, [](int n) { return n; });
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([](int n) { return n; }, number);
const auto later = map([](int n) { return n; }, right);
#endif
