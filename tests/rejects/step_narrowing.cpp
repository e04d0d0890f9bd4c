// step_narrowing.cpp - a real number for an integer.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step: the value given to this step is of another type than its parameter
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = twice(2.5);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = twice(2);
const auto later = map([](int n) { return n; }, right);
#endif
