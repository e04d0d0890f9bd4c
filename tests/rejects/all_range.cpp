// all_range.cpp - a range of something else.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::all(range): the range must hold terms, or pairs of a label and a term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = all(std::vector{1, 2});
const auto later = all(wrong);
#else
const auto right = all(std::vector{number, number});
const auto later = all(right);
#endif
