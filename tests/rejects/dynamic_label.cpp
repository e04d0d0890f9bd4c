// dynamic_label.cpp - a hole without a label.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::dynamic(label, f, x): a hole in the graph needs a label
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = dynamic([](int n) { return constant(n); }, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = dynamic("hole", [](int n) { return constant(n); }, number);
const auto later = map([](int n) { return n; }, right);
#endif
