// value_of_term.cpp - a term asked for its value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written; use the value inside
// map(f, x) or in a step
#include "pipeline.hpp"

#ifdef REJECT
int f();
int f() { return *number; }
#else
auto f();
auto f() {
  return map([](int n) { return n; }, number);
}
#endif
