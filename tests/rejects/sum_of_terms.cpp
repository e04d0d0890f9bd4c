// sum_of_terms.cpp - terms added.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// computed with; compute inside map
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = number + number;
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map([](int a, int b) { return a + b; }, number, number);
const auto later = map([](int n) { return n; }, right);
#endif
