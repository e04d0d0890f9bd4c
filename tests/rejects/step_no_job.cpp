// step_no_job.cpp - a step that takes no job.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): the first parameter of f must be Job&
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](int n) { return n; });
const auto later = all(wrong(number));
#else
const auto right = step("s", [](Job&, int n) { return n; });
const auto later = all(right(number));
#endif
