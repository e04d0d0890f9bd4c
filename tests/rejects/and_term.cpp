// and_term.cpp - a term in a condition.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// tested; use only_if
#include "pipeline.hpp"

#ifdef REJECT
bool f();
bool f() { return flag && known; }
#else
bool f();
bool f() { return !known; }
#endif
