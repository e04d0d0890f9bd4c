// all_plain.cpp - a plain value in an all.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::all(a, b, ...): every argument must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = all(number, true);
const auto later = all(wrong);
#else
const auto right = all(number, flag);
const auto later = all(right);
#endif
