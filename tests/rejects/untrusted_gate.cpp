// untrusted_gate.cpp - a gate lets nothing through that somebody else wrote.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote a value that is given here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = gate(foreign, on(flag));
const auto later = all(wrong);
#else
const auto right = gate(number, on(foreign, flag));
const auto later = all(right);
#endif
