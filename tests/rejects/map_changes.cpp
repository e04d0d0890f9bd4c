// map_changes.cpp - a function that changes what others read.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): f would change its arguments
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](Wheel& w) { return w.package; }, wheel);
const auto later = map([](const std::string& s) { return s; }, wrong);
#else
const auto right = map([](Wheel w) { return w.package; }, wheel);
const auto later = map([](const std::string& s) { return s; }, right);
#endif
