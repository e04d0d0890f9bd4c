// map_too_many.cpp - nine terms.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): more than eight terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](auto... x) { return (x + ...); }, number, number, number, number, number,
                       number, number, number, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([](auto... x) { return (x + ...); }, number, number, number, number, number,
                       number, number, number);
const auto later = map([](int n) { return n; }, right);
#endif
