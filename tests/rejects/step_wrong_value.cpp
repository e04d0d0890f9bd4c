// step_wrong_value.cpp - a value of another type for a step.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step: the value given to this step is of another type than its parameter
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = describe(3);
const auto later = map([](const std::string& s) { return s; }, wrong);
#else
const auto right = describe(Wheel{});
const auto later = map([](const std::string& s) { return s; }, right);
#endif
