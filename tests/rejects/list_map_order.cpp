// list_map_order.cpp - the function before the list.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_map(xs, f): the list comes first
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map([](Term<int> x) { return x; }, numbers);
const auto later = map([](const std::vector<int>& v) { return v.size(); }, wrong);
#else
const auto right = list_map(numbers, [](Term<int> x) { return x; });
const auto later = map([](const std::vector<int>& v) { return v.size(); }, right);
#endif
