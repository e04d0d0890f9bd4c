// step_auto.cpp - a step of a generic function.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): f must be a function or lambda with plain parameter types, neither
// auto nor overloaded
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, auto n) { return n; });
const auto later = all(wrong(number));
#else
const auto right = step("s", [](Job&, int n) { return n; });
const auto later = all(right(number));
#endif
