// while_term.cpp - a loop on a term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// tested; use only_if
#include "pipeline.hpp"

#ifdef REJECT
void f();
void f() {
  while (!flag) {
  }
}
#else
void f();
void f() {
  while (!known) {
  }
}
#endif
