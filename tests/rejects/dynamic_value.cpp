// dynamic_value.cpp - a hole that builds no term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::dynamic(label, f, x): f must return a Term; for a plain function use map
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = dynamic("hole", [](int n) { return n; }, number).at_most(3);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([](int n) { return n; }, number);
const auto later = map([](int n) { return n; }, right);
#endif
