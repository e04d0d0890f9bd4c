// map_error_plain.cpp - a failure rewritten of a plain value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map_error(f, x): x must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map_error([](const Failure& f) { return f; }, 3);
const auto later = all(wrong);
#else
const auto right = map_error([](const Failure& f) { return f; }, number);
const auto later = all(right);
#endif
