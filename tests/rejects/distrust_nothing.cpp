// distrust_nothing.cpp - success alone cannot be distrusted.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::distrust(x): x is a Term<>, which holds nothing that could be distrusted
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = distrust(all(number));
const auto later = all(wrong);
#else
const auto right = distrust(number);
const auto later = all(right);
#endif
