// advisory_plain.cpp - advice about a plain value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::advisory(x): x must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = advisory(3);
const auto later = all(wrong);
#else
const auto right = advisory(number);
const auto later = all(right);
#endif
