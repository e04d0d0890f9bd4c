// zip_one.cpp - a zip of one.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::zip(a, b, ...): at least two Terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = zip(number);
const auto later = all(wrong);
#else
const auto right = zip(number, number);
const auto later = all(right);
#endif
