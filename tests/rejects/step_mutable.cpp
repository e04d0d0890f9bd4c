// step_mutable.cpp - a step that remembers.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): f is mutable; a step keeps nothing between its runs
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, int n) mutable { return n; });
const auto later = all(wrong(number));
#else
const auto right = step("s", [](Job&, int n) { return n; });
const auto later = all(right(number));
#endif
