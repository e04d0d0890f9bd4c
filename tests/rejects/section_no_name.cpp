// section_no_name.cpp - a section without a name.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::section(name, f): a section needs a name
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = section([] { return constant(1); });
const auto later = all(wrong);
#else
const auto right = section("part", [] { return constant(1); });
const auto later = all(right);
#endif
