// step_no_function.cpp - a step of a name alone.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): a step needs a name and a function
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s");
const auto later = all(wrong(number));
#else
const auto right = step("s", [](Job&, int n) { return n; });
const auto later = all(right(number));
#endif
