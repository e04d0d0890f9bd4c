// fold_state.cpp - a fold over a state that cannot be stored.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::fold(name, initial, f, x): the state is or holds a struct that is no record
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = fold("sum", Plain{}, [](Plain p, int) { return p; }, number);
const auto later = all(wrong);
#else
const auto right = fold("sum", Wheel{}, [](Wheel w, int) { return w; }, number);
const auto later = all(right);
#endif
