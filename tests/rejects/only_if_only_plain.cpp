// only_if_only_plain.cpp - a condition and a value that are known.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::only_if(condition, x, reason): condition and x must be Terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = only_if(true, 3, "reason");
const auto later = all(wrong);
#else
const auto right = only_if(flag, number, "reason");
const auto later = all(right);
#endif
