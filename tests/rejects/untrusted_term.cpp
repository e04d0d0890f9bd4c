// untrusted_term.cpp - what somebody else wrote where a term is asked for.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote this, and a trusted term is asked for here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = show_number(foreign);
const auto later = all(wrong);
#else
const auto right = show_number(vouch(foreign, "between 1 and 9"));
const auto later = all(right, foreign);
#endif
