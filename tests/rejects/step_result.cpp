// step_result.cpp - a result that is no record.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): what f returns is or holds a struct that is no record
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&) { return Plain{}; });
const auto later = all(wrong());
#else
const auto right = step("s", [](Job&) { return Wheel{}; });
const auto later = all(right());
#endif
