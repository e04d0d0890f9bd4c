// distrust_twice.cpp - to distrust what is distrusted.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::distrust(x): x is Untrusted already
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = distrust(foreign);
const auto later = all(wrong);
#else
const auto right = distrust(number);
const auto later = all(right);
#endif
