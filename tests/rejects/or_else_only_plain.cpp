// or_else_only_plain.cpp - a fall-back between plain values.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::or_else(x, y): both must be Terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = or_else(3, 4);
const auto later = all(wrong);
#else
const auto right = or_else(number, number);
const auto later = all(right);
#endif
