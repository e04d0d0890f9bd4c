// less_term.cpp - a term ordered.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// compared; compare inside map
#include "pipeline.hpp"

#ifdef REJECT
bool f();
bool f() { return 3 < number; }
#else
auto f();
auto f() {
  return map([](int n) { return 3 < n; }, number);
}
#endif
