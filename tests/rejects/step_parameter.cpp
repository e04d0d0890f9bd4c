// step_parameter.cpp - a parameter that is no record.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): a parameter of f is or holds a struct that is no record; write
// BOOST_HANA_ADAPT_STRUCT
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, const Plain& p) { return p.x; });
const auto later = all(wrong(wheel));
#else
const auto right = step("s", [](Job&, const Wheel& w) { return w.package; });
const auto later = all(right(wheel));
#endif
