// context_plain.cpp - a context that is no term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::with_context(c, f): c must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = with_context(3, [] { return constant(1); });
const auto later = all(wrong);
#else
const auto right = with_context(number, [] { return constant(1); });
const auto later = all(right);
#endif
