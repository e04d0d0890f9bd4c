// list_iter_known.cpp - list_iter over a list that is no term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_iter(xs, f): the list comes first
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_iter(std::vector{1}, [](Term<int> x) { return x; });
const auto later = all(wrong);
#else
const auto right = list_iter(numbers, [](Term<int> x) { return x; });
const auto later = all(right);
#endif
