// or_else_plain.cpp - a plain fall-back.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::or_else(x, y): both must be Terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = or_else(number, 3);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = or_else(number, constant(3));
const auto later = map([](int n) { return n; }, right);
#endif
