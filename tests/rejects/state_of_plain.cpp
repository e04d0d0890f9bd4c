// state_of_plain.cpp - the state of a plain value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::state_of(x): x must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = state_of(3);
const auto later = all(wrong);
#else
const auto right = state_of(number);
const auto later = all(right);
#endif
