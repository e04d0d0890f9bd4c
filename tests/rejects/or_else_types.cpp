// or_else_types.cpp - a fall-back of another type.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::or_else(x, y): x and y must hold the same type
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = or_else(number, flag);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = or_else(number, constant(3));
const auto later = map([](int n) { return n; }, right);
#endif
