// zip_only_plain.cpp - a zip of plain values.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::zip(a, b, ...): everything must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = zip(3, 4);
const auto later = all(wrong);
#else
const auto right = zip(number, flag);
const auto later = all(right);
#endif
