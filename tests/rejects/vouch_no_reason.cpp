// vouch_no_reason.cpp - trust without a reason.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::vouch(x, reason): the reason is missing
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = vouch(foreign);
const auto later = show_number(wrong);
#else
const auto right = vouch(foreign, "between 1 and 9");
const auto later = show_number(right);
#endif
