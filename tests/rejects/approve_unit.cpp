// approve_unit.cpp - an approval of nothing to look at.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::approve(what, x): x is a Term<>, which has nothing to show to the person
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = approve("release", all(number));
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = approve("release", number);
const auto later = map([](int n) { return n; }, right);
#endif
