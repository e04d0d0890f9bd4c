// step_takes_term.cpp - a step that takes a term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): f takes values, not Terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, const Gated<int>&) {});
const auto later = all(wrong(number));
#else
const auto right = step("s", [](Job&, int) {});
const auto later = all(right(number));
#endif
