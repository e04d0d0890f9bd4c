// untrusted_gated.cpp - a gate does not make good what somebody else wrote.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote this, and a gate would let it through
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = deploy_number(foreign);
const auto later = all(wrong);
#else
const auto right = deploy_number(gate(approve("deploy this number", foreign), on(flag)));
const auto later = all(right);
#endif
