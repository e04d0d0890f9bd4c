// map_wrong_type.cpp - a function of another value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map(f, a, ...): f cannot be called with the values of these terms
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map([](const Wheel& w) { return w.package; }, number);
const auto later = map([](const std::string& s) { return s.size(); }, wrong);
#else
const auto right = map([](const Wheel& w) { return w.package; }, wheel);
const auto later = map([](const std::string& s) { return s.size(); }, right);
#endif
