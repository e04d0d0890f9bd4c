// only_if_no_reason.cpp - skipping without a reason.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::only_if(condition, x, reason): the reason is missing
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = only_if(flag, wheel);
const auto later = map([](const Wheel& w) { return w.package; }, wrong);
#else
const auto right = only_if(flag, wheel, "reason");
const auto later = map([](const Wheel& w) { return w.package; }, right);
#endif
