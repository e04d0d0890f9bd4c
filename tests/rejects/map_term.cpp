// map_term.cpp - a function of values that builds a term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): f returns a Term, which would hide part of the graph; use
// oche::dynamic
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](int n) { return constant(n); }, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = dynamic("label", [](int n) { return constant(n); }, number);
const auto later = map([](int n) { return n; }, right);
#endif
