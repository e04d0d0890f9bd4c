// list_map_item.cpp - a function of a value instead of a symbolic item.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_map(xs, f): f must take one Term<T> for a list of T
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map(numbers, [](int n) { return constant(n); });
const auto later = map([](const std::vector<int>& v) { return v.size(); }, wrong);
#else
const auto right = list_map(numbers, [](Term<int> n) { return n; });
const auto later = map([](const std::vector<int>& v) { return v.size(); }, right);
#endif
