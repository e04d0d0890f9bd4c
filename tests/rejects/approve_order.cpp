// approve_order.cpp - the term before the question.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::approve(what, x): what the person is asked comes first
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = approve(number, "release");
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = approve("release", number);
const auto later = map([](int n) { return n; }, right);
#endif
