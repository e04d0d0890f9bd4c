// untrusted_fold.cpp - state made of what somebody else wrote.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote a value that is given here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = fold("sum", 0, [](int a, int b) { return a + b; }, foreign);
const auto later = all(wrong);
#else
const auto right = fold("sum", 0, [](int a, int b) { return a + b; }, vouch(foreign, "a digit"));
const auto later = all(right);
#endif
