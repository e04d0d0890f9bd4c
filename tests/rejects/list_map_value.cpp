// list_map_value.cpp - a list's function that builds no term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_map(xs, f): f must return a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map(numbers, [](Term<int>) { return 3; });
const auto later = map([](const std::vector<int>& v) { return v.size(); }, wrong);
#else
const auto right = list_map(numbers, [](Term<int> x) { return x; });
const auto later = map([](const std::vector<int>& v) { return v.size(); }, right);
#endif
