// map_error_function.cpp - a function that gives no failure.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::map_error(f, x): f must take a const Failure& and return a Failure
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = map_error([](const Failure&) { return 3; }, number);
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = map_error([](const Failure& f) { return f; }, number);
const auto later = map([](int n) { return n; }, right);
#endif
