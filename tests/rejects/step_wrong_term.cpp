// step_wrong_term.cpp - a term of another type for a step.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step: the term given to this step holds another type than its parameter
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = describe(number);
const auto later = map([](const std::string& s) { return s; }, wrong);
#else
const auto right = describe(wheel);
const auto later = map([](const std::string& s) { return s; }, right);
#endif
