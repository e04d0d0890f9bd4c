// on_nothing.cpp - a gate without a control.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::on(): a gate without a control lets everything through
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = gate(number, on());
const auto later = all(wrong);
#else
const auto right = gate(number, on(flag));
const auto later = all(right);
#endif
