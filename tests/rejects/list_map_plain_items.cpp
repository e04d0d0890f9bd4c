// list_map_plain_items.cpp - items that are no records.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_map(xs, f): an item is or holds a struct that is no record; write
// BOOST_HANA_ADAPT_STRUCT
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map(plains, [](Term<Plain> p) { return p; });
const auto later = all(wrong);
#else
const auto right = list_map(numbers, [](Term<int> n) { return n; });
const auto later = all(right);
#endif
