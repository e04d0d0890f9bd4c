// if_term.cpp - a term tested as if it had a value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// tested; use only_if
#include "pipeline.hpp"

#ifdef REJECT
int f();
int f() { return flag ? 1 : 2; }
#else
int f();
int f() { return known ? 1 : 2; }
#endif
