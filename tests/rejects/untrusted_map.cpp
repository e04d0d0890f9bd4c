// untrusted_map.cpp - a function of what somebody else wrote, outside of a quarantine.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote a value that is given here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](int n) { return n; }, foreign);
const auto later = show_number(wrong);
#else
const auto right = quarantine(foreign, [](Term<int> n) { return map([](int i) { return i; }, n); });
const auto later = all(right);
#endif
