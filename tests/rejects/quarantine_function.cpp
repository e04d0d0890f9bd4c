// quarantine_function.cpp - a quarantine that is not given a function of the term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::quarantine(x, f): f must take one Term<T> for an Untrusted<T>
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = quarantine(foreign, [](int n) { return n; });
const auto later = all(wrong);
#else
const auto right = quarantine(foreign, [](Term<int> n) { return n; });
const auto later = all(right);
#endif
