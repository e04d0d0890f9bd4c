// gate_no_on.cpp - controls without on.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::gate(x, ...): the controls go into on(...)
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = gate(number, flag);
const auto later = deploy_number(wrong);
#else
const auto right = gate(number, on(flag));
const auto later = deploy_number(right);
#endif
