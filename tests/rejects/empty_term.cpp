// empty_term.cpp - a term without a node.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: there is no empty term; initialise it
#include "pipeline.hpp"

#ifdef REJECT
void f();
void f() {
  Term<int> wrong;
  (void)all(wrong);
}
#else
void f();
void f() {
  std::optional<Term<int>> right;
  right = number;
}
#endif
