// step_deep_parameter.cpp - a member of a parameter that is no record.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): a parameter of f is or holds a struct that is no record; write
// BOOST_HANA_ADAPT_STRUCT
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, const Deep& d) { return d.list.size(); });
const auto later = all(wrong(wheels));
#else
const auto right = step("s", [](Job&, const std::vector<Wheel>& list) { return list.size(); });
const auto later = all(right(wheels));
#endif
