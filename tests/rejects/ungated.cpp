// ungated.cpp - an ungated term where a gated one is asked for.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Gated: a gated term is asked for here, and this one has passed no gate
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = deploy_number(number);
const auto later = all(wrong);
#else
const auto right = deploy_number(gate(number, on(flag)));
const auto later = all(right);
#endif
