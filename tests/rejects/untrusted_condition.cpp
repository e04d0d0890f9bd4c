// untrusted_condition.cpp - a condition that somebody else wrote.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote a value that is given here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = only_if(distrust(flag), number, "they say so");
const auto later = all(wrong);
#else
const auto right = only_if(vouch(distrust(flag), "either is fine"), number, "they say so");
const auto later = all(right);
#endif
