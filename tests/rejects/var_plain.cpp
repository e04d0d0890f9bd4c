// var_plain.cpp - an input of a type that is no record.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Var<T>: T is or holds a struct that is no record
#include "pipeline.hpp"

#ifdef REJECT
Var<Plain> wrong{"v", Plain{}};
const auto later = all(wrong.term());
#else
Var<Wheel> right{"v", Wheel{}};
const auto later = all(right.term());
#endif
