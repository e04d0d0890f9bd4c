// list_map_known.cpp - a list that is no term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_map(xs, f): the list comes first, then the function, and the list must be a
// Term<std::vector<T>>
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map(std::vector{1}, [](Term<int> x) { return x; });
const auto later = map([](const std::vector<int>& v) { return v.size(); }, wrong);
#else
const auto right = list_map(constant(std::vector{1}), [](Term<int> x) { return x; });
const auto later = map([](const std::vector<int>& v) { return v.size(); }, right);
#endif
