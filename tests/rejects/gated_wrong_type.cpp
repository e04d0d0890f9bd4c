// gated_wrong_type.cpp - a gated term of another type.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Gated: this term holds another type than the gated one asked for here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = deploy_number(gate(flag, on(flag)));
const auto later = all(wrong);
#else
const auto right = deploy_number(gate(number, on(flag)));
const auto later = all(right);
#endif
