// step_term.cpp - a step that builds terms.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): f returns a Term; a step gives a value
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, int n) { return constant(n); });
const auto later = all(wrong(number));
#else
const auto right = step("s", [](Job&, int n) { return n; });
const auto later = all(right(number));
#endif
