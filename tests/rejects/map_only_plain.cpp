// map_only_plain.cpp - map without any term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): everything after the function must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](int a) { return a; }, 3);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([](int a) { return a; }, constant(3));
const auto later = map([](int n) { return n; }, right);
#endif
