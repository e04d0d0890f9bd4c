// only_if_number.cpp - a condition that is no bool.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::only_if(condition, x, reason): the condition must be a Term<bool>
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = only_if(number, wheel, "reason");
const auto later = map([](const Wheel& w) { return w.package; }, wrong);
#else
const auto right = only_if(flag, wheel, "reason");
const auto later = map([](const Wheel& w) { return w.package; }, right);
#endif
