// untrusted_hole.cpp - a hole that is built from what somebody else wrote.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote a value that is given here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = dynamic("hole", [](int n) { return twice(n); }, foreign);
const auto later = all(wrong);
#else
const auto right = dynamic("hole", [](int n) { return twice(n); }, vouch(foreign, "a digit"));
const auto later = all(right);
#endif
