// gate_plain.cpp - a plain value behind a gate.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::gate(x, on(a, b)): x must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = gate(3, on(flag));
const auto later = deploy_number(wrong);
#else
const auto right = gate(constant(3), on(flag));
const auto later = deploy_number(right);
#endif
