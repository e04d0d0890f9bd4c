// attempt_plain.cpp - an attempt at a plain value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::attempt(x): x must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = attempt(3);
const auto later = all(wrong);
#else
const auto right = attempt(number);
const auto later = all(right);
#endif
