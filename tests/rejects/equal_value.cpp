// equal_value.cpp - a term compared with a value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// compared; compare inside map
#include "pipeline.hpp"

#ifdef REJECT
bool f();
bool f() { return number != 3; }
#else
auto f();
auto f() {
  return map([](int n) { return n != 3; }, number);
}
#endif
