// map_mutable.cpp - a function that remembers.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): f is mutable
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([seen = 0](int n) mutable { return seen += n; }, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([seen = 0](int n) { return seen + n; }, number);
const auto later = map([](int n) { return n; }, right);
#endif
