// step_mutable_reference.cpp - a step that changes its argument.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): after Job&, f takes its arguments by value or const reference
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, Wheel& w) { return w.package; });
const auto later = all(wrong(wheel));
#else
const auto right = step("s", [](Job&, const Wheel& w) { return w.package; });
const auto later = all(right(wheel));
#endif
