// untrusted_zip.cpp - what somebody else wrote, beside a term of ours.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote a value that is given here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = zip(number, foreign);
const auto later = all(wrong);
#else
const auto right = zip(number, approve("this number", foreign));
const auto later = all(right);
#endif
