// step_function.cpp - a step of a plain function's address.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): f is a plain function; write step<f>(name)
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", &plain_function);
const auto later = all(wrong(number));
#else
const auto right = step<plain_function>("s");
const auto later = all(right(number));
#endif
