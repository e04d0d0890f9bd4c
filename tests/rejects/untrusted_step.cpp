// untrusted_step.cpp - what somebody else wrote given to a step.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step: somebody else wrote what is given to this step (Untrusted)
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = twice(foreign);
const auto later = all(wrong);
#else
const auto right = quarantine(foreign, [](Term<int> n) { return twice(n); });
const auto later = all(right);
#endif
