// dynamic_type.cpp - a hole over another value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::dynamic(label, f, x): f must take the value of x
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = dynamic("hole", [](const Wheel& w) { return constant(w); }, number);
const auto later = all(wrong);
#else
const auto right = dynamic("hole", [](int n) { return constant(n); }, number);
const auto later = all(right);
#endif
