// context_term.cpp - a context around a term that stands outside.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::with_context(c, f): f must be a function without parameters that builds terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = with_context(number, flag);
const auto later = all(wrong);
#else
const auto right = with_context(number, [] { return constant(1); });
const auto later = all(right);
#endif
