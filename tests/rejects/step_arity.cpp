// step_arity.cpp - too few arguments for a step.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step: too few or too many arguments for this step
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = describe();
const auto later = map([](const std::string& s) { return s; }, wrong);
#else
const auto right = describe(wheel);
const auto later = map([](const std::string& s) { return s; }, right);
#endif
