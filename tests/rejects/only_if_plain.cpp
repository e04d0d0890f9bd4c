// only_if_plain.cpp - a condition that is known now.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::only_if(condition, x, reason): condition and x must be Terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = only_if(true, wheel, "reason");
const auto later = map([](const Wheel& w) { return w.package; }, wrong);
#else
const auto right = only_if(flag, wheel, "reason");
const auto later = map([](const Wheel& w) { return w.package; }, right);
#endif
