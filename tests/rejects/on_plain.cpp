// on_plain.cpp - a control that is no term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::on(a, b, ...): every control must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = gate(number, on(true));
const auto later = all(wrong);
#else
const auto right = gate(number, on(flag));
const auto later = all(right);
#endif
