// constant_term.cpp - a constant of a term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::constant(v): v is a Term already
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = constant(number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = number;
const auto later = map([](int n) { return n; }, right);
#endif
