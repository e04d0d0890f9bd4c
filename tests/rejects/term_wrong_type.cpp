// term_wrong_type.cpp - a term of another type.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: this term holds another type than the one asked for here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = show_number(flag);
const auto later = all(wrong);
#else
const auto right = show_number(number);
const auto later = all(right);
#endif
