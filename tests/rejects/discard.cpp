// discard.cpp - a term that nobody reads.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche: a term that nobody reads is not part of the pipeline; return it or put it into
// all(...)
#include "pipeline.hpp"

#ifdef REJECT
void f();
void f() {
  map([](int n) { return n; }, number);
}
#else
auto f();
auto f() {
  return map([](int n) { return n; }, number);
}
#endif
