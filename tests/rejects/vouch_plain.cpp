// vouch_plain.cpp - a reason to trust what nobody distrusts.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::vouch(x, reason): x is no Untrusted
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = vouch(number, "between 1 and 9");
const auto later = show_number(wrong);
#else
const auto right = vouch(distrust(number), "between 1 and 9");
const auto later = show_number(right);
#endif
