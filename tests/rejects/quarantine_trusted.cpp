// quarantine_trusted.cpp - a quarantine for what nobody distrusts.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::quarantine(x, f): x is no Untrusted; call f with it
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = quarantine(number, [](Term<int> n) { return twice(n); });
const auto later = all(wrong);
#else
const auto right = quarantine(distrust(number), [](Term<int> n) { return twice(n); });
const auto later = all(right);
#endif
