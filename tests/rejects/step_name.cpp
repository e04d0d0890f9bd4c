// step_name.cpp - a name that is not known when compiling.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): the name comes first and must be a string literal
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step(std::string("s"), [](Job&, int n) { return n; });
const auto later = all(wrong(number));
#else
const auto right = step("s", [](Job&, int n) { return n; });
const auto later = all(right(number));
#endif
