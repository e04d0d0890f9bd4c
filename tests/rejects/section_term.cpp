// section_term.cpp - a section around a term that stands outside.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::section(name, f): f must be a function that builds the section's terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = section("part", number);
const auto later = all(wrong);
#else
const auto right = section("part", [] { return constant(1); });
const auto later = all(right);
#endif
