// list_map_key.cpp - a key that no item has.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::list_map(xs, by(key), f): key must be a member of the list's items
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map(numbers, by(&Wheel::package), [](Term<int> n) { return n; });
const auto later = all(wrong);
#else
const auto right = list_map(wheels, by(&Wheel::package), [](Term<Wheel> w) { return w; });
const auto later = all(right);
#endif
